// Building elements without markup in strings: text can never become HTML.
import { partsOf } from '../shared/marks';

export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = Object.assign(document.createElement(tag), properties);
  // as attributes too: Firefox reflects these properties only since 119
  if (properties.role) made.setAttribute('role', properties.role);
  if (properties.ariaLabel) made.setAttribute('aria-label', properties.ariaLabel);
  made.append(...children);
  return made;
}

const tags = { bold: 'strong', italic: 'em' } as const;

/** The text with the marks of messengers shown. */
export function marked(text: string): (Node | string)[] {
  return partsOf(text).map((part) => {
    if (part.kind === 'text') return part.text;
    if (part.kind === 'link') return element('a', { href: part.text, rel: 'noreferrer noopener', target: '_blank' }, part.text);
    return element(tags[part.kind], {}, part.text);
  });
}

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

export function button(text: string, onclick: () => void, className = ''): HTMLButtonElement {
  return element('button', { type: 'button', className, onclick }, text);
}

/** A link that leaves this page as it is, and does not tell where it was. */
export function link(href: string, ...children: (Node | string)[]): HTMLAnchorElement {
  return element('a', { href, rel: 'noreferrer', target: '_blank' }, ...children);
}

const tags = { bold: 'strong', italic: 'em' } as const;

/** The text with the marks of messengers shown. */
export function marked(text: string): (Node | string)[] {
  return partsOf(text).map((part) => {
    if (part.kind === 'text') return part.text;
    if (part.kind === 'link') return link(part.text, part.text);
    return element(tags[part.kind], {}, part.text);
  });
}

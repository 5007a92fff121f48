// The marks of messengers (*bold*, _italic_, addresses) as parts, so that pages show what a phone shows without ever
// making HTML from text.
export interface Part {
  kind: 'text' | 'bold' | 'italic' | 'link';
  text: string;
}

// No look-behind: Safari learned it only with 16.4, and residents' phones are older.
const mark = /(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])|(^|[^\w*])(?:\*(\S(?:[^*\n]*\S)?)\*|_(\S(?:[^_\n]*\S)?)_)(?!\w)/gm;

export function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let after = 0;
  for (const found of text.matchAll(mark)) {
    const [whole, link, before, bold, italic] = found;
    const plain = text.slice(after, found.index) + (before ?? '');
    if (plain !== '') parts.push({ kind: 'text', text: plain });
    if (link !== undefined) parts.push({ kind: 'link', text: link });
    else if (bold !== undefined) parts.push({ kind: 'bold', text: bold });
    else parts.push({ kind: 'italic', text: italic ?? '' });
    after = found.index + whole.length;
  }
  if (after < text.length) parts.push({ kind: 'text', text: text.slice(after) });
  return parts;
}

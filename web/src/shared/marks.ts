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
  const add = (kind: Part['kind'], text?: string) => {
    if (text) parts.push({ kind, text });
  };
  let after = 0;
  for (const found of text.matchAll(mark)) {
    const [whole, link, before, bold, italic] = found;
    add('text', text.slice(after, found.index) + (before ?? ''));
    add('link', link);
    add('bold', bold);
    add('italic', italic);
    after = found.index + whole.length;
  }
  add('text', text.slice(after));
  return parts;
}

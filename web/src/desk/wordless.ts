// The last message of a list, where it had no words: the server then writes its kind in brackets, such as "[image]".
import type { MediaWords } from '../texts/media';

const kind_alone = /^\[(\w+)\]$/;

export function lastWords(text: string, words: MediaWords): string {
  if (text === '') return words.kinds.other;
  const kind = kind_alone.exec(text)?.[1];
  return kind !== undefined && Object.hasOwn(words.kinds, kind) ? words.kinds[kind as keyof MediaWords['kinds']] : text;
}

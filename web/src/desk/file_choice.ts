// What an officer may attach, and how small a picture is made before it travels: residents pay for every megabyte. Pure.
export const most_bytes = 10_000_000;
export const longest_caption = 1024;
const longest_side_px = 2048;

export type Refusal = 'too_big' | 'wrong_type' | 'unreadable' | 'empty' | 'several';
export type Kind = 'image/jpeg' | 'image/png' | 'application/pdf';

/** For the file picker; a file is known by its bytes. */
export const accepted = 'image/jpeg,image/png,application/pdf';
export const bytes_to_know = 8;

const beginnings: [Kind, number[]][] = [
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
];

/** By its first `bytes_to_know` bytes; null if it is none that a channel takes. */
export function kindOf(beginning: Uint8Array): Kind | null {
  return beginnings.find(([, bytes]) => bytes.every((byte, i) => beginning[i] === byte))?.[0] ?? null;
}

export interface Size {
  width: number;
  height: number;
}

/** The size to scale down to, with the same shape; null if it is small enough as it is. */
export function smaller({ width, height }: Size, longest = longest_side_px): Size | null {
  const scale = longest / Math.max(width, height);
  if (scale >= 1) return null;
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** "scan.png" became a JPEG. */
export function jpegName(name: string): string {
  return `${name.replace(/\.(?:png|jpe?g)$/i, '')}.jpg`;
}

/** Characters as people count them; an emoji is one. */
export const lengthOf = (text: string) => [...text].length;

import { expect, test } from 'vitest';
import { jpegName, kindOf, lengthOf, smaller } from '../../src/desk/file_choice';

const bytes = (text: string) => Uint8Array.from(text, (each) => each.charCodeAt(0));

test.each([
  ['\xff\xd8\xff\xe0JFIF', 'image/jpeg'],
  ['\x89PNG\r\n\x1a\n', 'image/png'],
  ['%PDF-1.7', 'application/pdf'],
  ['PK\x03\x04 docx', null],
  ['RIFF....', null],
  ['%PD', null],
  ['', null],
])('a file is known by its bytes: %j', (beginning, kind) => {
  expect(kindOf(bytes(beginning))).toBe(kind);
});

test.each([
  [4000, 3000, { width: 2048, height: 1536 }],
  [3000, 4000, { width: 1536, height: 2048 }],
  [2048, 2048, null],
  [640, 480, null],
  [100_000, 10, { width: 2048, height: 1 }],
])('%i × %i is made small in its shape', (width, height, expected) => {
  expect(smaller({ width, height })).toEqual(expected);
});

test('a picture drawn anew is called a JPEG', () => {
  expect(['denah.png', 'IMG_01.JPEG', 'tanpa akhiran', 'arsip.png.txt'].map(jpegName)).toEqual(['denah.jpg', 'IMG_01.jpg', 'tanpa akhiran.jpg', 'arsip.png.txt.jpg']);
});

test('an emoji is one character', () => {
  expect(lengthOf('ya 🙏')).toBe(4);
});

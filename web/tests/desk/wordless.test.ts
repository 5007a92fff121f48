import { expect, test } from 'vitest';
import { lastWords } from '../../src/desk/wordless';
import { mediaTexts } from '../../src/texts/media';

test.each([
  ['[image]', 'Foto'],
  ['[audio]', 'Pesan suara'],
  ['[video]', 'Video'],
  ['[document]', 'Berkas'],
  ['[sticker]', 'Stiker'],
  ['[location]', 'Lokasi'],
  ['[contacts]', 'Kontak'],
  ['[order]', 'Pesanan'],
  ['[other]', 'Pesan tanpa tulisan'],
  ['', 'Pesan tanpa tulisan'],
  ['[penting] tolong dibaca', '[penting] tolong dibaca'],
  ['[toString]', '[toString]'],
  ['foto saya [image]', 'foto saya [image]'],
])('%s', (text, expected) => {
  expect(lastWords(text, mediaTexts.id)).toBe(expected);
});

import { expect, test } from 'vitest';
import { partsOf } from '../../src/shared/marks';

const shown = (text: string) => partsOf(text).map((part) => (part.kind === 'text' ? part.text : `<${part.kind} ${part.text}>`)).join('');

test.each([
  ['biasa saja', 'biasa saja'],
  ['*KTP-el hilang*: bawa surat', '<bold KTP-el hilang>: bawa surat'],
  ['isi _formulir_ dulu', 'isi <italic formulir> dulu'],
  ['*a* *b*', '<bold a> <bold b>'],
  ['2*3*4 tetap', '2*3*4 tetap'],
  ['nama_berkas_lama.pdf', 'nama_berkas_lama.pdf'],
  ['* bukan tebal *', '* bukan tebal *'],
  ['baris *satu\ndua* lepas', 'baris *satu\ndua* lepas'],
  ['baris satu\n*dua*', 'baris satu\n<bold dua>'],
  ['lihat https://capil.example.go.id/ktp.', 'lihat <link https://capil.example.go.id/ktp>.'],
  ['(https://a.example/b?c=1&d=2)', '(<link https://a.example/b?c=1&d=2>)'],
  ['javascript:alert(1)', 'javascript:alert(1)'],
  ['<b>tag</b>', '<b>tag</b>'],
  ['', ''],
])('%s', (text, expected) => {
  expect(shown(text)).toBe(expected);
});

test('no character is lost or added but the marks', () => {
  const text = 'Halo *Bu*, _ini_ https://x.example/a_b_c dan *ini*.';
  expect(partsOf(text).map((part) => part.text).join('')).toBe('Halo Bu, ini https://x.example/a_b_c dan ini.');
});

import { expect, test } from 'vitest';
import { sizeWords } from '../../src/shared/size_words';

test.each([
  [0, '1 kB', '1 kB'],
  [340_200, '340 kB', '340 kB'],
  [999_499, '999 kB', '999 kB'],
  [999_500, '1 MB', '1 MB'],
  [2_440_000, '2,4 MB', '2.4 MB'],
  [10_000_000, '10 MB', '10 MB'],
])('%i bytes', (bytes, id, en) => {
  expect(sizeWords(bytes, 'id')).toBe(id);
  expect(sizeWords(bytes, 'en')).toBe(en);
});

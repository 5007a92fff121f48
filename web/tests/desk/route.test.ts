import { expect, test } from 'vitest';
import { titleWith } from '../../src/desk/attention';
import { hashOf, placeOf } from '../../src/desk/route';

test.each([
  ['', 'unclaimed', ''],
  ['#/mine', 'mine', ''],
  ['#/mine/123', 'mine', '123'],
  ['#/office/a%2Fb', 'office', 'a/b'],
  ['#/nonsense/123', 'unclaimed', ''],
])('%s leads to %s %s', (hash, queue, conversation) => {
  expect(placeOf(hash)).toEqual({ queue, conversation });
});

test('a place survives the address', () => {
  const place = { queue: 'done', conversation: 'x/ y' } as const;
  expect(placeOf(hashOf(place))).toEqual(place);
});

test('the title counts what waits', () => {
  expect(titleWith('Meja', 3)).toBe('(3) Meja');
  expect(titleWith('Meja', 0)).toBe('Meja');
});

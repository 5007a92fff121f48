import { expect, test } from 'vitest';
import { Pulse } from '../../src/desk/typing';

test('told at once, then at most every five seconds', () => {
  const pulse = new Pulse();
  expect([0, 100, 4_999, 5_000, 5_100, 20_000].map((now) => pulse.due(now))).toEqual([true, false, false, true, false, true]);
});

test('told at once again after the words were sent', () => {
  const pulse = new Pulse();
  pulse.due(0);
  pulse.sent();
  expect(pulse.due(100)).toBe(true);
});

import { expect, test } from 'vitest';
import { Ticks } from '../../src/demo/ticks';

test('a message that got through is sent, then what the marks say', () => {
  const ticks = new Ticks();
  expect(ticks.accepted('1')).toBe('sent');
  expect(ticks.marked('1', 'delivered')).toBe('delivered');
  expect(ticks.marked('1', 'read')).toBe('read');
});

test('a mark never falls', () => {
  const ticks = new Ticks();
  ticks.accepted('1');
  expect(ticks.marked('1', 'read')).toBe('read');
  expect(ticks.marked('1', 'delivered')).toBeNull();
  expect(ticks.marked('1', 'read')).toBeNull();
});

test('marks that come before the id is known count once it is', () => {
  const ticks = new Ticks();
  expect(ticks.marked('1', 'read')).toBeNull();
  expect(ticks.marked('1', 'delivered')).toBeNull();
  expect(ticks.accepted('1')).toBe('read');
  expect(ticks.accepted('2')).toBe('sent');
});

import { expect, test } from 'vitest';
import { cityDate, clock, day, shortTime } from '../../src/shared/time';

test('the clock shown is the city’s, whatever zone the phone is set to', () => {
  expect(clock('2026-11-24T09:05:00+08:00', 'id')).toBe('09.05');
  expect(clock('2026-11-24T09:05:00.123+08:00', 'en')).toBe('09:05');
  expect(clock('kemarin', 'id')).toBe('');
});

test('the day is named in the language of the page', () => {
  expect(day('2026-11-24', 'id')).toMatch(/^Sel,? 24 Nov$/);
  expect(day('2026-11-24T23:59:00+08:00', 'en')).toMatch(/^Tue,? 24 Nov$/);
  expect(day('bukan tanggal', 'id')).toBe('');
});

test.each([
  ['2026-11-24T17:00:00Z', '2026-11-24T09:00:00+08:00', '2026-11-25'],
  ['2026-11-24T15:59:00Z', '2026-11-24T09:00:00+08:00', '2026-11-24'],
  ['2026-11-24T02:00:00Z', '2026-11-24T09:00:00-03:00', '2026-11-23'],
  ['2026-11-24T02:00:00Z', '2026-11-24T09:00:00Z', '2026-11-24'],
])('at %s it is the day %s has, %s', (now, sample, date) => {
  expect(cityDate(new Date(now), sample)).toBe(date);
});

test('today shows the clock, another day shows its name', () => {
  const now = new Date('2026-11-24T02:00:00Z');
  expect(shortTime('2026-11-24T08:30:00+08:00', now, 'id')).toBe('08.30');
  expect(shortTime('2026-11-23T08:30:00+08:00', now, 'id')).toMatch(/23 Nov/);
});

import { expect, test } from 'vitest';
import type { ChannelMonth } from '../../src/api/types';
import { meterOf } from '../../src/channels/meter';

const month = (sent: number, paid: number, forecast: number): ChannelMonth =>
  ({ month: '2026-11', sent, free: sent - paid, paid, allowance: 1000, forecast });

test('within the allowance the bar ends at the allowance', () => {
  expect(meterOf(month(400, 0, 600))).toEqual({ free: 0.4, paid: 0, allowance: 1, forecast: 0.6, charged: 0, level: 'good' });
});

test('a forecast beyond the allowance lengthens the bar and says how many will be charged', () => {
  expect(meterOf(month(500, 0, 1250))).toEqual({ free: 0.4, paid: 0, allowance: 0.8, forecast: 1, charged: 250, level: 'warn' });
});

test('what is charged already is drawn apart', () => {
  expect(meterOf(month(1600, 600, 2000))).toEqual({ free: 0.5, paid: 0.3, allowance: 0.5, forecast: 1, charged: 1000, level: 'bad' });
});

test('four fifths of the allowance are a warning even if the forecast is calm', () => {
  expect(meterOf(month(800, 0, 900)).level).toBe('warn');
  expect(meterOf(month(799, 0, 900)).level).toBe('good');
});

test('a new month without any allowance draws an empty bar', () => {
  const empty: ChannelMonth = { month: '2026-12', sent: 0, free: 0, paid: 0, allowance: 0, forecast: 0 };
  expect(meterOf(empty)).toMatchObject({ free: 0, paid: 0, charged: 0 });
});

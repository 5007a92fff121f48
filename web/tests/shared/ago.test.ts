import { expect, test } from 'vitest';
import { ago } from '../../src/shared/ago';

const now = new Date('2026-11-24T09:00:00+08:00');

test.each([
  ['2026-11-24T09:00:05+08:00', 'baru saja', 'just now'],
  ['2026-11-24T08:59:01+08:00', 'baru saja', 'just now'],
  ['2026-11-24T08:59:00+08:00', '1 menit lalu', '1 minute ago'],
  ['2026-11-24T08:57:00+08:00', '3 menit lalu', '3 minutes ago'],
  ['2026-11-24T08:00:00+08:00', '1 jam lalu', '1 hour ago'],
  ['2026-11-23T09:01:00+08:00', '23 jam lalu', '23 hours ago'],
])('%s is %s', (time, id, en) => {
  expect(ago(time, now, 'id')).toBe(id);
  expect(ago(time, now, 'en')).toBe(en);
});

test('what is a day old is told by its day', () => {
  expect(ago('2026-11-23T08:59:00+08:00', now, 'id')).toMatch(/^Sen,? 23 Nov$/);
});

import { describe, expect, test } from 'vitest';
import type { Conversation } from '../../src/api/types';
import { due, dueOf, windowMinutes } from '../../src/desk/due';
import { deskTexts } from '../../src/texts/desk';

const now = new Date('2026-11-24T09:00:00+08:00');
const words = deskTexts.id;

function conversation(more: Partial<Conversation>): Conversation {
  return {
    id: '1', case: 'BPN-2611-0042', state: 'waiting', office: 'disdukcapil', owner: null, channel: 'whatsapp',
    contact: { name: 'Dewi', address: '+62 812-••••-0001' }, opened_at: '', updated_at: '', first_response_due: null,
    resolution_due: null, window_closes_at: null, urgent: false, unread: 0, last: null, ...more,
  };
}

describe('what is due, in words', () => {
  test.each([
    ['2026-11-24T08:48:00+08:00', 'late', 'Jawaban lewat 12 menit, batas 08.48'],
    ['2026-11-24T08:59:50+08:00', 'late', 'Jawaban lewat 1 menit, batas 08.59'],
    ['2026-11-24T05:00:00+08:00', 'late', 'Jawaban lewat 4 jam, batas 05.00'],
    ['2026-11-24T09:04:30+08:00', 'soon', 'Jawab sebelum 09.04, sisa 4 menit'],
    ['2026-11-24T14:05:00+08:00', 'calm', 'Jawab sebelum 14.05'],
  ])('%s is %s: %s', (time, urgency, text) => {
    expect(due('firstResponse', time, now, words, 'id')).toEqual({ urgency, text });
  });

  test('a deadline tomorrow names the day instead of hours that nobody works', () => {
    expect(due('resolution', '2026-11-25T08:30:00+08:00', now, words, 'id').text).toMatch(/^Tuntas sebelum Rab,? 25 Nov 08\.30$/);
  });

  test('one that passed on another day names that day', () => {
    expect(due('resolution', '2026-11-20T09:00:00+08:00', now, words, 'id').text).toMatch(/^Tuntas lewat 4 hari, batas Jum,? 20 Nov 09\.00$/);
  });
});

test('the first response runs before the resolution, and a closed case has no clock', () => {
  const first = '2026-11-24T09:10:00+08:00';
  const last = '2026-11-24T09:30:00+08:00';
  expect(dueOf(conversation({ first_response_due: first, resolution_due: last }), now, words, 'id')?.text).toBe('Jawab sebelum 09.10, sisa 10 menit');
  expect(dueOf(conversation({ resolution_due: last }), now, words, 'id')?.text).toBe('Tuntas sebelum 09.30, sisa 30 menit');
  expect(dueOf(conversation({ resolution_due: last, state: 'resolved' }), now, words, 'id')).toBeNull();
  expect(dueOf(conversation({}), now, words, 'id')).toBeNull();
});

test('the reply window is counted, past its end too', () => {
  expect(windowMinutes(conversation({}), now)).toBeNull();
  expect(windowMinutes(conversation({ window_closes_at: '2026-11-24T10:00:00+08:00' }), now)).toBe(60);
  expect(windowMinutes(conversation({ window_closes_at: '2026-11-24T08:00:00+08:00' }), now)).toBe(-60);
});

import { expect, test } from 'vitest';
import type { Conversation } from '../../src/api/types';
import { unseen } from '../../src/desk/urgent';

function conversation(id: string, more: Partial<Conversation>): Conversation {
  return {
    id, case: null, state: 'claimed', office: 'bpbd', owner: 'Sari', channel: 'whatsapp', contact: { name: '', address: '' },
    opened_at: '', updated_at: '', first_response_due: null, resolution_due: null, window_closes_at: null, urgent: true,
    unread: 0, last: null, ...more,
  };
}

const ids = (conversations: Conversation[]) => conversations.map((each) => each.id);

test('an urgent conversation that stands in two lists asks for attention once', () => {
  expect(ids(unseen([conversation('1', {}), conversation('1', {}), conversation('2', { urgent: false })], new Set()))).toEqual(['1']);
});

test('what was looked at, and what is closed, no longer asks', () => {
  const seen = new Set(['1']);
  expect(unseen([conversation('1', {}), conversation('2', { state: 'resolved' })], seen)).toEqual([]);
});

test('a second emergency in a conversation that had calmed down asks again', () => {
  const seen = new Set(['1']);
  unseen([conversation('1', { urgent: false })], seen);
  expect(ids(unseen([conversation('1', {})], seen))).toEqual(['1']);
});

import { describe, expect, test } from 'vitest';
import type { Message } from '../../src/api/types';
import { Thread } from '../../src/chat/thread';

function message(id: string, author: Message['author'], text: string, more: Partial<Message> = {}): Message {
  return {
    id, author, text, at: '2026-11-24T09:00:00+08:00', agent: null, choices: [], media: null, place: null, delivery: 'sent', parked: false, error: null,
    client_id: null, receipt: null, ...more,
  };
}

const texts = (thread: Thread) => thread.bubbles.map((bubble) => `${bubble.author}: ${bubble.text}`);

describe('a message of the resident is one bubble, whatever comes first', () => {
  test('the answer to the send, then the event', () => {
    const thread = new Thread();
    thread.begin('c1', 'ktp hilang', '');
    thread.accepted('c1', '10');
    thread.received(message('10', 'resident', 'ktp hilang', { client_id: 'c1' }));
    expect(texts(thread)).toEqual(['resident: ktp hilang']);
    expect(thread.bubbles[0]?.sending).toBe('stored');
  });

  test('the event, then the answer to the send', () => {
    const thread = new Thread();
    thread.begin('c1', 'ktp hilang', '');
    thread.received(message('10', 'resident', 'ktp hilang', { client_id: 'c1' }));
    thread.accepted('c1', '10');
    expect(texts(thread)).toEqual(['resident: ktp hilang']);
  });

  test('the event without a client id, then the answer to the send', () => {
    const thread = new Thread();
    thread.begin('c1', 'ktp hilang', '');
    thread.received(message('10', 'resident', 'ktp hilang'));
    thread.accepted('c1', '10');
    expect(texts(thread)).toEqual(['resident: ktp hilang']);
  });

  test('a replay after a reconnect adds nothing', () => {
    const thread = new Thread();
    for (let time = 0; time < 2; time++) {
      thread.received(message('10', 'resident', 'ktp hilang', { client_id: 'c1' }));
      thread.received(message('11', 'bot', 'Bawa surat hilang.'));
    }
    expect(texts(thread)).toEqual(['resident: ktp hilang', 'bot: Bawa surat hilang.']);
  });
});

test('the key of a bubble stays while the server confirms it', () => {
  const thread = new Thread();
  thread.begin('c1', 'halo', '');
  expect(thread.received(message('10', 'resident', 'halo', { client_id: 'c1' })).key).toBe('c1');
});

test('only the last thing said offers choices', () => {
  const thread = new Thread();
  const asked = thread.received(message('1', 'bot', 'Yang mana?', { choices: [{ title: 'KTP', value: 'ktp' }] }));
  expect(thread.offers(asked)).toBe(true);
  thread.begin('c1', 'KTP', 'ktp');
  expect(thread.offers(asked)).toBe(false);
});

test('what was not sent is known, and no longer once it was', () => {
  const thread = new Thread();
  const bubble = thread.begin('c1', 'halo', '');
  bubble.sending = 'unsent';
  expect(thread.unsent()).toEqual([bubble]);
  thread.accepted('c1', '10');
  expect(thread.unsent()).toEqual([]);
});

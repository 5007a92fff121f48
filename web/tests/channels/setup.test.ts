import { describe, expect, test } from 'vitest';
import type { Channel } from '../../src/api/types';
import { stepsOf } from '../../src/channels/setup';
import { channelTexts } from '../../src/texts/channels';

const origin = 'https://sahut.example';

function channel(more: Partial<Channel>): Channel {
  return {
    name: 'kota', kind: 'whatsapp', profile: null, mode: 'webhook', webhook_path: '/webhooks/kota',
    webhook_url: `${origin}/webhooks/kota`, state: 'waiting', detail: null, cure: null, last_received_at: null,
    last_sent_at: null, last_error: null, waiting: 0, oldest_waiting_at: null, dead: 0, link: null, month: null, ...more,
  };
}

const copies = (more: Partial<Channel>) =>
  stepsOf(channel(more), channelTexts.id, origin).map((step) => step.copy).filter((text) => text !== '');

describe('what is to be pasted', () => {
  test.each<[string, Partial<Channel>, string[]]>([
    ['WhatsApp', {}, [`${origin}/webhooks/kota`, 'messages', 'sahut setup whatsapp']],
    ['WhatsApp without a public address', { webhook_url: null }, ['/webhooks/kota', 'messages', 'sahut setup whatsapp']],
    ['Telegram by webhook', { kind: 'telegram' }, ['sahut setup telegram', `${origin}/webhooks/kota`]],
    ['Telegram by polling', { kind: 'telegram', mode: 'polling', webhook_path: null, webhook_url: null }, []],
    ['a gateway that signs', { kind: 'gateway', profile: 'waha' }, [`${origin}/webhooks/kota`]],
    ['a gateway that cannot sign', { kind: 'gateway', profile: 'fonnte' }, [`${origin}/webhooks/kota/`]],
    ['the web', { kind: 'webchat', mode: 'web', webhook_path: null, webhook_url: null },
      [`${origin}/chat`, `<script src="${origin}/assets/widget.js" async></script>`]],
    ['the web with a public address', { kind: 'webchat', mode: 'web', link: 'https://tanya.example/chat' },
      ['https://tanya.example/chat', '<script src="https://tanya.example/assets/widget.js" async></script>']],
  ])('%s', (_, more, expected) => {
    expect(copies(more)).toEqual(expected);
  });
});

test('the gateway is named where its webhook is pasted', () => {
  const [first] = stepsOf(channel({ kind: 'gateway', profile: 'gowa' }), channelTexts.id, origin);
  expect(first?.text).toContain('gowa');
});

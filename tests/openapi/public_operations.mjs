// Operations anybody may call: for operators, channels, signing in, the chat and its events.

import assert from 'node:assert/strict';
import { WebResident, WhatsAppResident } from '../system/people.mjs';
import {
  accounts,
  bad,
  call,
  client,
  description,
  elsewhere,
  entry,
  gateway_secret,
  number,
  operations,
  people,
  server,
  waiting_conversation,
} from './world.mjs';

operations('operation', async () => {
  await call('getHealth', { status: 200 });
  await call('getReadiness', { status: 200 });
  await call('getMetrics', { status: 200 });
  await call('getInsight', { status: 200 });
});

operations('channels', async () => {
  const challenge = { 'hub.mode': 'subscribe', 'hub.challenge': '42', 'hub.verify_token': number.verify_token };
  await call('verifyWebhook', { in: { name: 'wa' }, query: challenge, status: 200 });
  await call('verifyWebhook', { in: { name: 'wa' }, query: { ...challenge, 'hub.verify_token': 'x' }, status: 403 });
  await call('verifyWebhook', { in: { name: 'tidak-ada' }, status: 404 });
  await call('verifyWebhook', { in: { name: 'wa' }, status: 403 }); // a person's browser
  await call('verifyWebhook', { in: { name: 'gw' }, status: 405 });
  const resident = new WhatsAppResident(number);
  const body = JSON.stringify(resident.delivery(resident.text('wifi gratis taman')));
  const signed = (text) => ({ 'Content-Type': 'application/json', 'X-Hub-Signature-256': number.signature(text) });
  await call('receiveWebhook', { in: { name: 'wa' }, body, headers: signed(body), status: 200 });
  await call('receiveWebhook', { in: { name: 'wa' }, body, headers: { ...signed('x') }, status: 401 });
  await call('receiveWebhook', { in: { name: 'wa' }, body: '{', headers: signed('{'), status: 400 });
  await call('receiveWebhook', { in: { name: 'tidak-ada' }, body, status: 404 });
  await call('receiveWebhook', {
    in: { name: 'wa' },
    body: 'x'.repeat(3 * 1024 * 1024 + 1),
    headers: signed('x'),
    status: 413,
  });
  const gateway = {
    device: '628',
    sender: '6281200003333',
    message: 'wifi gratis',
    name: 'Warga',
    inboxid: '77',
    timestamp: String(Math.floor(Date.now() / 1000)),
  };
  await call('receiveWebhookWithSecret', { in: { name: 'gw', secret: gateway_secret }, body: gateway, status: 200 });
  await call('receiveWebhookWithSecret', { in: { name: 'gw', secret: 'salah' }, body: gateway, status: 401 });
  await call('receiveWebhookWithSecret', { in: { name: 'tidak-ada', secret: 'x' }, body: gateway, status: 404 });
  await call('receiveWebhookWithSecret', { in: { name: 'gw', secret: gateway_secret }, body: '{', status: 400 });
});

operations('session', async () => {
  const { name, password } = accounts.sari;
  const signed_in = await call('login', { body: { name, password }, headers: elsewhere(), status: 200 });
  const cookie = signed_in.headers['set-cookie'][0].split(';')[0];
  await call('login', { body: { name, password: 'salah-sekali' }, headers: elsewhere(), status: 401 });
  await call('login', { body: '{', headers: elsewhere(), status: 400 });
  await call('login', { body: { name }, headers: elsewhere(), status: bad });
  const from = elsewhere();
  for (let i = 0; i < 12 && !client.seen('login', 429); i += 1)
    await call('login', { body: { name, password: `tebak-${i}` }, headers: from, status: [401, 429] });
  assert.ok(client.seen('login', 429));
  await call('getMe', { as: people.sari, status: 200 });
  await call('getMe', { status: 401 });
  await call('logout', { as: { cookie, csrf: 'salah' }, status: 403 });
  await call('logout', { as: { cookie, csrf: signed_in.json.csrf }, status: 204 });
  await call('logout', { as: { cookie, csrf: signed_in.json.csrf }, status: 401 });
});

operations('chat', async () => {
  const session = (await call('createChatSession', { body: {}, headers: elsewhere(), status: 201 })).json.session;
  const crowd = elsewhere();
  for (let i = 0; i < 260 && !client.seen('createChatSession', 429); i += 1)
    await call('createChatSession', { body: {}, headers: crowd, status: [201, 429] });
  assert.ok(client.seen('createChatSession', 429), '260 sessions from one address');
  await call('sendChatMessage', { body: { session, text: 'ktp hilang', client_id: 'a' }, status: 202 });
  await call('sendChatMessage', { body: { session, choice: 'person' }, status: 202 });
  await call('sendChatMessage', { body: '{', status: 400 });
  await call('sendChatMessage', { body: { session }, status: bad });
  await call('sendChatMessage', { body: { session, text: 'x'.repeat(5000) }, status: bad });
  await call('sendChatMessage', { body: { session: 'tidak-ada', text: 'x' }, status: 404 });
  await call('sendChatMessage', { body: 'x'.repeat(4_000_000), status: 413 });
  for (let i = 0; i < 60 && !client.seen('sendChatMessage', 429); i += 1)
    await call('sendChatMessage', { body: { session, text: 'halo' }, status: [202, 429] });
  assert.ok(client.seen('sendChatMessage', 429), '60 messages at once');
  await call('streamChat', { query: { session: 'tidak-ada' }, status: 404 });
});

operations('the events of a chat', async () => {
  const resident = await WebResident.begin(server);
  const stream = await resident.listen();
  client.saw('streamChat', 200);
  await resident.say('ktp hilang', 'b');
  await resident.say('saya mau bicara dengan petugas');
  await stream.next((event) => event.event === 'state' && event.json.state === 'waiting');
  for (const event of stream.all) {
    const schema = { message: 'Message', typing: 'ChatTyping', state: 'ChatState' }[event.event];
    assert.ok(schema, `the event ${event.event} is not described`);
    assert.deepEqual(description.faults_of(schema, event.json), [], event.data);
    if (event.event === 'message') {
      assert.match(event.id, /^\d+$/);
      if (event.json.receipt) assert.deepEqual(Object.keys(event.json.receipt).sort(), ['action', 'entry', 'revision']);
    }
  }
  stream.close();
});

operations('the events of the desk', async () => {
  await call('streamEvents', { status: 401 });
  const stream = await people.hasan.listen();
  client.saw('streamEvents', 200);
  const { id } = await waiting_conversation();
  await people.sari.post(`/api/v1/conversations/${id}/claim`);
  await people.dewi.post('/api/v1/entries', entry('acara'));
  await stream.next((event) => event.event === 'entry' && event.json.id === 'acara');
  for (const event of stream.all) {
    assert.ok(['conversation', 'message', 'entry', 'gap', 'presence'].includes(event.event), event.event);
    assert.match(event.id, /^\d+$/);
    assert.deepEqual(description.faults_of('DeskEvent', event.json), [], event.data);
  }
  stream.close();
});

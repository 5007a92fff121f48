// What surrounds the messages of a channel: WhatsApp's window and parked answers, read marks, the cost meter, what could
// not be delivered, other sites that hold the chat, posters, and the simulated phones of the demonstration.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { end_all, Server, server_died } from './harness.mjs';
import { GraphPeer, words_of } from './graph_peer.mjs';
import { Events, request, wait_until } from './http.mjs';
import { WhatsAppNumber, WhatsAppResident, city_with } from './people.mjs';
import { run, test } from './runner.mjs';

const number = new WhatsAppNumber();
let server;
let peer;
let sari;
let hasan;

async function before() {
  peer = await GraphPeer.start(number);
  const staff = [
    ['sari', 'agent', 'disdukcapil'],
    ['hasan', 'supervisor'],
  ];
  const city = await city_with(staff, {
    channels: {
      wa: number.settings(peer, { ready_template: 'jawaban_siap', free_messages: 5, link: 'https://wa.me/15550100' }),
      web: { kind: 'webchat', allowed_origins: ['https://kota.example'] },
    },
  });
  ({ server } = city);
  ({ sari, hasan } = city.people);
}

const conversation = (id, action = '') => `/api/v1/conversations/${id}${action && `/${action}`}`;

/** A resident on WhatsApp who waits for an officer, claimed by sari. */
async function claimed_resident() {
  const resident = new WhatsAppResident(number);
  await resident.say(server, 'ktp hilang gimana');
  await resident.say(server, 'saya mau bicara dengan petugas');
  const item = await wait_until(
    async () => (await sari.queue('unclaimed')).find((one) => one.contact.name === resident.name),
    { what: 'the queue' },
  );
  assert.equal((await sari.post(conversation(item.id, 'claim'))).status, 200);
  await wait_until(() => peer.to(resident).length === 2, { what: 'the answer and the notice' });
  return { resident, id: item.id };
}

/** As if the resident had written so many hours ago. */
function let_hours_pass(id, hours) {
  const sql = `UPDATE conversation SET last_inbound_at = last_inbound_at - ${hours * 3_600_000} WHERE id = ${id}`;
  execFileSync('sqlite3', ['-cmd', '.timeout 10000', path.join(server.folder, 'sahut.db'), sql]);
}

const channel_named = async (name) =>
  (await hasan.get('/api/v1/channels')).json.items.find((channel) => channel.name === name);

test('claiming shows the resident that a person has read', async () => {
  const { resident } = await claimed_resident();
  const ids = server.rows(
    `SELECT m.external_id AS id FROM message m JOIN contact c ON c.id = m.contact_id
      WHERE c.address = '${resident.phone}' AND m.author = 'resident' ORDER BY m.id DESC LIMIT 1`,
  );
  await wait_until(() => peer.calls.some((call) => call.body.status === 'read' && call.body.message_id === ids[0].id), {
    what: 'a read mark on the last message',
  });
});

test('an answer outside the window is refused with the reason, or waits and is delivered when the resident writes', async () => {
  const { resident, id } = await claimed_resident();
  let_hours_pass(id, 25);
  const refused = await sari.post(conversation(id, 'reply'), { text: 'Sudah jadi.' });
  assert.equal(refused.status, 409, refused.text);
  assert.equal(refused.json.code, 'window_closed');
  assert.ok(refused.json.cure.includes('park'));

  const parked = await sari.post(conversation(id, 'reply'), { text: 'Sudah jadi.', park: true, client_id: 'a1' });
  assert.equal(parked.status, 201, parked.text);
  assert.equal(parked.json.parked, true);
  assert.equal(parked.json.delivery, 'pending');
  const again = await sari.post(conversation(id, 'reply'), { text: 'Sudah jadi.', park: true, client_id: 'a1' });
  assert.equal(again.json.id, parked.json.id, 'a repeat is the same message');
  await sari.post(conversation(id, 'reply'), { text: 'Ambil di loket 3.', park: true });

  const templates = () => peer.to(resident).filter((call) => call.body.type === 'template');
  await wait_until(() => templates().length === 1, { what: 'the template' });
  assert.equal(templates()[0].body.template.name, 'jawaban_siap');
  const said = () => peer.to(resident).map(words_of);
  assert.ok(!said().includes('Sudah jadi.'), 'nothing free left while the window is closed');

  await resident.say(server, 'ya');
  await wait_until(() => said().includes('Ambil di loket 3.'), { what: 'the parked answers' });
  assert.ok(said().indexOf('Sudah jadi.') < said().indexOf('Ambil di loket 3.'), 'in the order they were written');
  assert.equal(templates().length, 1, 'one notice for both');
  const shown = (await sari.get(conversation(id))).json.messages;
  assert.ok(shown.every((message) => !message.parked));
  assert.equal(shown.filter((message) => message.text === 'Sudah jadi.').length, 1);
});

test('inside the window a parked answer is an ordinary one', async () => {
  const { resident, id } = await claimed_resident();
  const reply = await sari.post(conversation(id, 'reply'), { text: 'Silakan datang.', park: true });
  assert.equal(reply.json.parked, false);
  await wait_until(() => peer.to(resident).map(words_of).includes('Silakan datang.'), { what: 'the answer' });
});

test('the cost meter counts what was sent, and what Meta says it cost, once', async () => {
  // What the cases before have sent is counted once Meta's answer is written down.
  await wait_until(async () => (await server.metric('sahut_outbox_waiting', { channel: 'wa' })) === 0, { what: 'an empty outbox' });
  const before_it = (await channel_named('wa')).month;
  assert.equal(before_it.allowance, 5);
  const resident = new WhatsAppResident(number);
  await resident.say(server, 'ktp hilang gimana');
  const [call] = await wait_until(() => (peer.to(resident).length === 1 ? peer.to(resident) : undefined), {
    what: 'the answer',
  });
  for (const state of ['sent', 'delivered', 'delivered']) {
    await number.post(server, number.status(call.id, state, { phone: resident.phone, pricing: 'regular' }));
  }
  const after_it = await wait_until(
    async () => {
      const { month } = await channel_named('wa');
      return month.paid === before_it.paid + 1 ? month : undefined;
    },
    { what: 'a price' },
  );
  assert.equal(after_it.sent, before_it.sent + 1);
  assert.equal(after_it.free, before_it.free);
  assert.ok(after_it.forecast >= after_it.sent);
  assert.ok(
    server.log.includes("four fifths of this month's free messages") &&
      server.log.includes('the free messages of this month are used up'),
    'the log warned twice on the way',
  );
});

test('one courtesy is enough for several pictures while it still waits', async () => {
  const resident = new WhatsAppResident(number);
  peer.fault = (call) => (call.body.to?.endsWith(resident.phone) ? { code: 131056, message: 'pair rate' } : undefined);
  for (let i = 0; i < 4; i += 1) {
    const picture = { mime_type: 'image/jpeg', sha256: 'x', id: `91${i}` };
    await resident.say(server, resident.message('image', picture));
  }
  peer.fault = () => undefined;
  await wait_until(() => peer.to(resident).length >= 1, { within: 30_000, what: 'the answer after the pause' });
  await new Promise((done) => setTimeout(done, 7_000));
  assert.ok(peer.to(resident).length <= 2, `${peer.to(resident).length} bubbles for four pictures`);
});

test('what could not be delivered is listed, sent again, or thrown away', async () => {
  const resident = new WhatsAppResident(number);
  peer.fault = (call) => (call.body.to?.endsWith(resident.phone) ? { code: 131009, message: 'wrong value' } : undefined);
  await resident.say(server, 'ktp hilang gimana');
  const dead = () => hasan.get('/api/v1/channels/wa/dead');
  const letter = await wait_until(
    async () => (await dead()).json.items.find((one) => one.contact.name === resident.name),
    { what: 'a dead letter' },
  );
  assert.ok(letter.reason.length > 0);
  assert.ok(!JSON.stringify(letter).includes(resident.phone), 'the number is masked');
  assert.ok((await channel_named('wa')).dead >= 1);
  peer.fault = () => undefined;
  const fate = (id, what) => hasan.post(`/api/v1/channels/wa/dead/${id}/${what}`);
  assert.equal((await fate(letter.id, 'resend')).status, 204);
  await wait_until(() => peer.to(resident).length === 1, { what: 'the letter at the phone' });
  assert.equal((await fate(letter.id, 'resend')).status, 404, 'it is no dead letter any more');
  assert.equal((await fate(letter.id, 'discard')).status, 404);
  assert.equal((await sari.get('/api/v1/channels')).status, 403, 'an officer has no business here');
  assert.equal((await hasan.get('/api/v1/channels/tidak-ada/dead')).status, 404);
});

test('how a channel fares is known after a restart', async () => {
  const now = await channel_named('wa');
  assert.equal(now.state, 'ok');
  assert.ok(now.last_received_at && now.last_sent_at);
  assert.match(now.last_error.text, /./);
  await new Promise((done) => setTimeout(done, 11_000));
  await server.stop();
  await server.start();
  await hasan.login();
  await sari.login();
  const later = await channel_named('wa');
  assert.equal(later.last_received_at, now.last_received_at);
  assert.equal((await channel_named('web')).kind, 'webchat');
});

test("the city's own site may hold the chat, another may not", async () => {
  const begin = (origin) =>
    request(`${server.url}/api/v1/chat/sessions`, { method: 'POST', headers: { Origin: origin }, body: {} });
  const good = await begin('https://kota.example');
  assert.equal(good.status, 201);
  assert.equal(good.headers['access-control-allow-origin'], 'https://kota.example');
  assert.match(good.headers.vary, /Origin/);
  const bad = await begin('https://jahat.example');
  assert.equal(bad.status, 403);
  assert.equal(bad.headers['access-control-allow-origin'], undefined);
  assert.equal((await begin(server.url)).status, 201, 'our own page');
  const ask = await request(`${server.url}/api/v1/chat/messages`, {
    method: 'OPTIONS',
    headers: { Origin: 'https://kota.example', 'Access-Control-Request-Method': 'POST' },
  });
  assert.equal(ask.status, 204);
  assert.match(ask.headers['access-control-allow-headers'], /Content-Type/);
  const stream = await Events.open(`${server.url}/api/v1/chat/events?session=${good.json.session}`, {
    headers: { Origin: 'https://kota.example' },
  });
  stream.close();
});

test('a poster holds the code of a channel', async () => {
  const sheet = await server.request('/api/v1/offices/disdukcapil/poster.svg?channel=wa');
  assert.equal(sheet.status, 200);
  assert.match(sheet.headers['content-type'], /^image\/svg\+xml/);
  assert.ok(sheet.text.includes('https://wa.me/15550100'));
  assert.equal((await server.request('/api/v1/offices/tidak-ada/poster.svg?channel=wa')).status, 404);
  assert.equal((await server.request('/api/v1/offices/disdukcapil/poster.svg?channel=tidak')).status, 404);
  assert.equal((await server.request('/api/v1/offices/disdukcapil/poster.svg')).status, 409, 'nobody said our address');
});

test('the simulated phones speak through the real channels', async () => {
  const demo = await Server.start({ command: 'demo' });
  assert.equal((await demo.request('/demo')).status, 200);
  const page = await Events.open(`${demo.url}/demo/events`);
  const type = (body) => demo.request('/demo/messages', { method: 'POST', body });
  const bubble_of = (phone, wanted) =>
    page.next((event) => event.event === 'bubble' && event.json.phone === phone && wanted(event.json), {
      what: `a bubble on ${phone}`,
    });
  for (const phone of ['whatsapp', 'telegram']) {
    assert.equal((await type({ phone, text: 'ktp ilang gmn ngurusnya min' })).status, 202);
    const answer = (await bubble_of(phone, (one) => /kehilangan/.test(one.text))).json;
    const person = answer.choices.find((choice) => choice.value === 'person' || /petugas/i.test(choice.title));
    assert.ok(person, 'with a way to a person');
    assert.equal((await type({ phone, choice: person })).status, 202);
    await bubble_of(phone, (one) => /BPN-\d{4}-\d{4}/.test(one.text));
  }
  assert.equal((await type({ phone: 'telepon', text: 'x' })).status, 422);
  assert.equal((await type({ phone: 'whatsapp', text: ' ' })).status, 422);
  assert.equal((await demo.request('/demo/new-resident', { method: 'POST', body: { phone: 'whatsapp' } })).status, 204);
  assert.equal((await server.request('/demo')).status, 404, 'a real server has no phones');
  page.close();
});

async function after() {
  await end_all();
  peer.stop();
  assert.deepEqual(peer.violations, [], 'Meta would have refused these');
}

await run('channels', { before, after, hopeless: server_died });

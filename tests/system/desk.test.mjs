// The desk as officers use it: queues, owning a conversation, words and notes, other offices.

import assert from 'node:assert/strict';
import { end_all, server_died } from './harness.mjs';
import { GraphPeer, words_of } from './graph_peer.mjs';
import { Events, request, wait_until } from './http.mjs';
import { city_with, waiting_resident, WebResident, WhatsAppNumber, WhatsAppResident } from './people.mjs';
import { run, test } from './runner.mjs';

const number = new WhatsAppNumber();
let server;
let peer;
let sari; // agent, disdukcapil
let sinta; // agent, disdukcapil
let budi; // agent, dinkes
let hasan; // supervisor, whole city
let dewi; // editor

async function before() {
  peer = await GraphPeer.start(number);
  const staff = [
    ['sari', 'agent', 'disdukcapil'],
    ['sinta', 'agent', 'disdukcapil'],
    ['budi', 'agent', 'dinkes'],
    ['hasan', 'supervisor'],
    ['dewi', 'editor'],
  ];
  const city = await city_with(staff, { channels: { wa: number.settings(peer) } });
  server = city.server;
  ({ sari, sinta, budi, hasan, dewi } = city.people);
}

const path = (id, act) => `/api/v1/conversations/${id}${act ? `/${act}` : ''}`;
const ids = (items) => items.map((item) => item.id);

// ---- queues and offices

test('a waiting conversation is in the queue of its office, with everything a list shows', async () => {
  const { id, number: case_number } = await waiting_resident(server, sari);
  const [mine, office, unclaimed, done] = await Promise.all(
    ['mine', 'office', 'unclaimed', 'done'].map((queue) => sari.queue(queue)),
  );
  assert.ok(ids(unclaimed).includes(id));
  assert.ok(ids(office).includes(id));
  assert.ok(!ids(mine).includes(id));
  assert.ok(!ids(done).includes(id));
  const item = unclaimed.find((one) => one.id === id);
  assert.equal(item.case, case_number);
  assert.equal(item.state, 'waiting');
  assert.equal(item.office, 'disdukcapil');
  assert.equal(item.owner, null);
  assert.equal(item.channel, 'web');
  assert.ok(item.unread >= 1);
  assert.equal(item.window_closes_at, null, 'the web has no window');
  for (const time of ['opened_at', 'updated_at', 'first_response_due', 'resolution_due']) {
    assert.match(item[time], /\+08:00$/, time);
  }
});

test("another office's conversation does not exist for an officer", async () => {
  const { id } = await waiting_resident(server, sari);
  for (const queue of ['office', 'unclaimed', 'done', 'mine'])
    assert.ok(!ids(await budi.queue(queue)).includes(id), queue);
  assert.equal((await budi.get(path(id))).status, 404);
  const acts = {
    claim: {},
    reply: { text: 'x' },
    note: { text: 'x' },
    transfer: { office: 'dinkes', reason: 'x' },
    release: {},
    resolve: { outcome: 'answered' },
  };
  for (const [act, body] of Object.entries(acts)) assert.equal((await budi.post(path(id, act), body)).status, 404, act);
  assert.equal((await sari.get(path(id))).json.state, 'waiting', 'and it is as it was');
  const strange = await budi.get(path('999999999999999'));
  const hidden = await budi.get(path(id));
  assert.equal(strange.json.detail, hidden.json.detail, 'the answer does not tell that it exists');
});

test('a supervisor of the whole city sees every office', async () => {
  const { id } = await waiting_resident(server, sari);
  assert.ok(ids(await hasan.queue('unclaimed')).includes(id));
  assert.equal((await hasan.get(path(id))).status, 200);
});

test('an editor has no desk', async () => {
  assert.equal((await dewi.get('/api/v1/conversations?queue=unclaimed')).status, 403);
  const { id } = await waiting_resident(server, sari);
  assert.equal((await dewi.get(path(id))).status, 403);
  assert.equal((await dewi.post(path(id, 'claim'))).status, 403);
});

test('lists come in pages that miss and repeat nothing', async () => {
  for (let i = 0; i < 4; i += 1) await waiting_resident(server, sari);
  const all = ids(await sari.queue('unclaimed'));
  const paged = [];
  let cursor = '';
  do {
    const answer = await sari.get(
      `/api/v1/conversations?queue=unclaimed&limit=3${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    assert.equal(answer.status, 200);
    assert.ok(answer.json.items.length <= 3);
    paged.push(...ids(answer.json.items));
    cursor = answer.json.next ?? '';
  } while (cursor);
  assert.deepEqual(paged, all);
  for (const bad of ['limit=0', 'limit=201', 'limit=x', 'cursor=salah', 'queue=semua']) {
    const answer = await sari.get(`/api/v1/conversations?${bad.startsWith('queue') ? '' : 'queue=mine&'}${bad}`);
    assert.ok([400, 422].includes(answer.status), `${bad}: ${answer.status}`);
  }
});

// ---- owning

test('two officers claim at the same moment: one has it, the other is told', async () => {
  for (let round = 0; round < 5; round += 1) {
    const { id } = await waiting_resident(server, sari);
    const answers = await Promise.all([sari, sinta, hasan].map((officer) => officer.post(path(id, 'claim'))));
    assert.deepEqual(answers.map((answer) => answer.status).sort(), [200, 409, 409]);
    const winner = answers.find((answer) => answer.status === 200).json;
    assert.equal(winner.state, 'claimed');
    assert.equal((await sari.get(path(id))).json.owner, winner.owner);
  }
});

test('claiming what one owns changes nothing', async () => {
  const { id } = await waiting_resident(server, sari);
  assert.equal((await sari.post(path(id, 'claim'))).status, 200);
  const again = await sari.post(path(id, 'claim'));
  assert.equal(again.status, 200);
  assert.equal(again.json.owner, 'sari');
  assert.ok(ids(await sari.queue('mine')).includes(id));
  assert.ok(!ids(await sari.queue('unclaimed')).includes(id));
});

test('what another person owns can be seen, not written to', async () => {
  const { id } = await waiting_resident(server, sari);
  await sari.post(path(id, 'claim'));
  assert.equal((await sinta.get(path(id))).status, 200);
  for (const [act, body] of Object.entries({
    claim: {},
    reply: { text: 'x' },
    transfer: { office: 'dinkes', reason: 'x' },
    release: {},
    resolve: { outcome: 'answered' },
  })) {
    assert.equal((await sinta.post(path(id, act), body)).status, 409, act);
  }
});

test('a conversation the bot has cannot be claimed', async () => {
  const resident = await WebResident.begin(server);
  await resident.say('ktp hilang');
  const [{ id }] = server.rows(
    "SELECT CAST(id AS TEXT) AS id FROM conversation WHERE state = 'bot' ORDER BY id DESC LIMIT 1",
  );
  assert.ok([404, 409].includes((await hasan.post(path(id, 'claim'))).status));
});

// ---- words

test("an officer's words reach the resident's page, a repeat of the request does not", async () => {
  const { resident, id } = await waiting_resident(server, sari);
  const stream = await resident.listen();
  const answers = [];
  for (let i = 0; i < 3; i += 1)
    answers.push(await sari.post(path(id, 'reply'), { text: 'Selamat siang, saya Sari.', client_id: 'balas-1' }));
  answers.push(
    ...(await Promise.all(
      Array.from({ length: 4 }, () =>
        sari.post(path(id, 'reply'), { text: 'Selamat siang, saya Sari.', client_id: 'balas-1' }),
      ),
    )),
  );
  for (const answer of answers) assert.equal(answer.status, 201, answer.text);
  assert.equal(new Set(answers.map((answer) => answer.json.id)).size, 1);
  assert.equal(answers[0].json.author, 'agent');
  assert.equal(answers[0].json.agent, 'sari');
  await stream.next((event) => event.event === 'message' && event.json.author === 'agent', {
    what: 'the words on the page',
  });
  await sari.post(path(id, 'reply'), { text: 'Ada yang lain?', client_id: 'balas-2' });
  await stream.next((event) => event.event === 'message' && event.json.text === 'Ada yang lain?');
  assert.equal(stream.all.filter((event) => event.event === 'message' && event.json.author === 'agent').length, 2);
  stream.close();
  const shown = (await sari.get(path(id))).json;
  assert.equal(shown.state, 'claimed', 'who replies owns it');
  assert.equal(shown.owner, 'sari');
  assert.equal(shown.unread, 0);
  assert.equal(shown.first_response_due, null, 'the first answer was given');
});

test('a note is for colleagues only', async () => {
  const { resident, id } = await waiting_resident(server, sari);
  await sari.post(path(id, 'claim'));
  const note = await sari.post(path(id, 'note'), { text: 'Sudah ditelepon, berkas kurang.' });
  assert.equal(note.status, 201);
  assert.equal(note.json.author, 'note');
  await sari.post(path(id, 'reply'), { text: 'Mohon tunggu.' });
  const heard = await resident.heard();
  assert.ok(heard.some((message) => message.text === 'Mohon tunggu.'));
  assert.ok(heard.every((message) => message.author !== 'note' && !message.text.includes('berkas kurang')));
  const shown = (await sinta.get(path(id))).json;
  assert.ok(
    shown.messages.some(
      (message) => message.author === 'note' && message.text.includes('berkas kurang') && message.agent === 'sari',
    ),
  );
  assert.ok(!shown.last.text.includes('berkas kurang') || shown.last.author === 'note');
});

test('empty, too long and misshapen words are refused with the place', async () => {
  const { id } = await waiting_resident(server, sari);
  for (const body of [{}, { text: '' }, { text: '  ' }, { text: 'x'.repeat(4097) }, { text: 5 }]) {
    const answer = await sari.post(path(id, 'reply'), body);
    assert.ok([400, 422].includes(answer.status), answer.text);
    assert.equal(answer.json.where, 'text');
  }
  assert.equal((await sari.get(path(id))).json.state, 'waiting', 'a refused reply claims nothing');
});

test('while nobody has taken it the bot answers what is sure; it is silent once an officer has it', async () => {
  const { resident, id } = await waiting_resident(server, sari);
  await resident.say('jadwal imunisasi anak');
  await sari.post(path(id, 'claim'));
  await resident.say('wifi gratis taman');
  await sari.post(path(id, 'reply'), { text: 'Saya di sini.' });
  const heard = await resident.heard();
  const from = heard.findIndex((message) => /Nomor kasus/.test(message.text));
  const after = heard.slice(from + 1).map((message) => message.author);
  assert.deepEqual(after, ['resident', 'bot', 'resident', 'agent']);
});

test('an unread message is counted until the officer answers', async () => {
  const { resident, id } = await waiting_resident(server, sari);
  await sari.post(path(id, 'claim'));
  assert.equal((await sari.get(path(id))).json.unread, 0);
  await resident.say('halo?');
  await resident.say('masih di sana?');
  assert.equal((await sari.get(path(id))).json.unread, 2);
  await sari.post(path(id, 'reply'), { text: 'Ya.' });
  assert.equal((await sari.get(path(id))).json.unread, 0);
});

// ---- WhatsApp

test("an officer's words reach WhatsApp, and what became of them is shown", async () => {
  const resident = new WhatsAppResident(number);
  await resident.say(server, 'ktp hilang gimana');
  await resident.say(server, 'saya mau bicara dengan petugas');
  await wait_until(() => peer.to(resident).length === 2, { what: 'the notice on WhatsApp' });
  const item = (await sari.queue('unclaimed')).find(
    (one) => one.channel === 'wa' && one.contact.name === resident.name,
  );
  assert.ok(item, 'it waits in the queue');
  assert.ok(!JSON.stringify(item).includes(resident.phone), 'the number is masked');
  assert.match(item.window_closes_at, /\+08:00$/);
  const reply = await sari.post(path(item.id, 'reply'), { text: 'Silakan datang besok.', client_id: 'wa-1' });
  assert.equal(reply.status, 201);
  assert.equal(reply.json.delivery, 'pending');
  await sari.post(path(item.id, 'reply'), { text: 'Silakan datang besok.', client_id: 'wa-1' });
  const call = await wait_until(() => peer.to(resident).find((one) => words_of(one) === 'Silakan datang besok.'), {
    what: 'the words on WhatsApp',
  });
  const shown = () =>
    sari.get(path(item.id)).then((answer) => answer.json.messages.find((message) => message.id === reply.json.id));
  await wait_until(async () => (await shown()).delivery === 'sent', { what: 'delivery sent' });
  await number.post(server, number.status(call.id, 'read', { phone: resident.phone, correlation: call.correlation }));
  await wait_until(async () => (await shown()).delivery === 'read', { what: 'delivery read' });
  assert.equal(peer.to(resident).filter((one) => words_of(one) === 'Silakan datang besok.').length, 1);
  assert.ok(!JSON.stringify((await sari.get(path(item.id))).json).includes(resident.phone), 'the number is masked');
});

test('a delivery that failed shows the officer why', async () => {
  const resident = new WhatsAppResident(number);
  await resident.say(server, 'ktp hilang gimana');
  await resident.say(server, 'saya mau bicara dengan petugas');
  const item = await wait_until(
    async () => (await sari.queue('unclaimed')).find((one) => one.contact.name === resident.name),
    { what: 'the queue' },
  );
  await wait_until(() => peer.to(resident).length === 2, { what: 'the notice on WhatsApp' });
  peer.fault = (call) =>
    call.body.to?.endsWith(resident.phone) ? { code: 131047, message: 'Re-engagement message' } : undefined;
  const reply = await sari.post(path(item.id, 'reply'), { text: 'Sudah selesai.' });
  const failed = await wait_until(
    async () =>
      (await sari.get(path(item.id))).json.messages.find(
        (message) => message.id === reply.json.id && message.delivery === 'failed',
      ),
    { what: 'delivery failed' },
  );
  assert.ok(failed.error, 'with a reason for people');
  peer.fault = () => undefined;
});

// ---- giving away and ending

test('a transfer gives it to another office with the reason, and the resident is told', async () => {
  const { resident, id, number: case_number } = await waiting_resident(server, sari);
  await sari.post(path(id, 'claim'));
  const moved = await sari.post(path(id, 'transfer'), { office: 'dinkes', reason: 'Soal puskesmas' });
  assert.equal(moved.status, 200, moved.text);
  assert.equal((await sari.get(path(id))).status, 404, 'it is not theirs any more');
  const item = (await budi.queue('unclaimed')).find((one) => one.id === id);
  assert.ok(item);
  assert.equal(item.case, case_number, 'the number stays');
  assert.equal(item.owner, null);
  const shown = (await budi.get(path(id))).json;
  assert.ok(shown.messages.some((message) => message.author === 'note' && message.text.includes('Soal puskesmas')));
  const heard = await resident.heard();
  assert.ok(heard.some((message) => message.author === 'system' && message.text.includes('Dinas Kesehatan')));
  assert.ok(heard.every((message) => !message.text.includes('Soal puskesmas')));
  const bad = await budi.post(path(id, 'transfer'), { office: 'tidak-ada', reason: 'x' });
  assert.ok([400, 422].includes(bad.status));
  assert.equal(bad.json.where, 'office');
});

test('a release gives it back: nobody owns it, its case stays', async () => {
  const { id, number: case_number } = await waiting_resident(server, sari);
  assert.equal((await sari.post(path(id, 'release'))).status, 409, 'nobody owns it yet');
  await sari.post(path(id, 'claim'));
  const released = await sari.post(path(id, 'release'));
  assert.equal(released.status, 200);
  assert.equal(released.json.owner, null);
  assert.equal(released.json.state, 'waiting');
  assert.equal(released.json.case, case_number);
  assert.equal((await sinta.post(path(id, 'claim'))).status, 200, 'a colleague may take it');
});

test('after it is resolved the next message starts anew with the bot', async () => {
  const { resident, id } = await waiting_resident(server, sari);
  assert.equal((await sari.post(path(id, 'resolve'), { outcome: 'answered' })).status, 409, 'nobody owns it yet');
  await sari.post(path(id, 'claim'));
  for (const outcome of [undefined, '', 'x'.repeat(81)]) {
    const bad = await sari.post(path(id, 'resolve'), { outcome });
    assert.ok([400, 422].includes(bad.status), `outcome ${outcome}: ${bad.status}`);
  }
  const resolved = await sari.post(path(id, 'resolve'), { outcome: 'answered' });
  assert.equal(resolved.status, 200, resolved.text);
  assert.equal(resolved.json.state, 'resolved');
  assert.ok(ids(await sari.queue('done')).includes(id));
  assert.ok(!ids(await sari.queue('mine')).includes(id));
  assert.equal((await sari.post(path(id, 'reply'), { text: 'x' })).status, 409, 'it is over');
  const answer = await resident.ask('wifi gratis taman');
  assert.equal(answer.author, 'bot');
  assert.match(answer.text, /KotaUji-Gratis/);
  assert.equal((await sari.get(path(id))).json.state, 'resolved', 'the old one stays resolved');
  assert.ok(
    (await sari.get(path(id))).json.messages.every((message) => !/KotaUji/.test(message.text)),
    'the new words are not in the old one',
  );
});

test('a resident can ask what became of his case, another cannot', async () => {
  const { resident, number: case_number } = await waiting_resident(server, sari);
  const other = await WebResident.begin(server);
  const told = await other.ask(`kasus ${case_number} bagaimana?`);
  assert.match(told.text, /tidak saya temukan/);
  const heard = await resident.heard();
  assert.ok(heard.some((message) => message.text.includes(case_number)));
});

test("the offices' list counts those who wait", async () => {
  const count = async () =>
    (await sari.get('/api/v1/offices')).json.items.find((office) => office.id === 'disdukcapil').waiting;
  const before_it = await count();
  await waiting_resident(server, sari);
  assert.equal(await count(), before_it + 1);
});

test("answers with people's data are not kept by caches", async () => {
  const { id } = await waiting_resident(server, sari);
  for (const route of [path(id), '/api/v1/conversations?queue=office', '/api/v1/me']) {
    assert.match((await sari.get(route)).headers['cache-control'] ?? '', /no-store/, route);
  }
  await assert.rejects(Events.open(`${server.url}/api/v1/events`), /status 401/);
  assert.equal((await request(`${server.url}/desk`)).status, 200);
});

async function after() {
  await end_all();
  peer.stop();
  assert.deepEqual(peer.violations, [], 'Meta would have refused these');
}

await run('desk', { before, after, hopeless: server_died });

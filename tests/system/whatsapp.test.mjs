// WhatsApp as Meta calls it: signatures, once-for-ever, order, choices, delivery states.

import assert from 'node:assert/strict';
import { end_all, new_token, server_died } from './harness.mjs';
import { choices_of, words_of } from './graph_peer.mjs';
import { wait_until } from './http.mjs';
import { WhatsAppResident } from './people.mjs';
import { run, test } from './runner.mjs';
import { answer_words, question, WhatsAppCity } from './whatsapp_city.mjs';

const old_secret = new_token();
const city = new WhatsAppCity();
const { number, received, delivery_is } = city;
let server;
let peer;

async function before() {
  ({ server, peer } = await city.start({ app_secret: [number.app_secret, old_secret] }));
}

test("Meta's challenge comes back to whoever knows the verify token", async () => {
  const ask = (token, challenge = '1158201444') =>
    server.request(`/webhooks/wa?hub.mode=subscribe&hub.challenge=${challenge}&hub.verify_token=${token}`);
  const right = await ask(number.verify_token);
  assert.equal(right.status, 200);
  assert.equal(right.text, '1158201444');
  const wrong = await ask('kira-kira');
  assert.equal(wrong.status, 403);
  assert.ok(!wrong.text.includes('1158201444'));
});

test('a challenge with markup in it comes back as plain text', async () => {
  const answer = await server.request(
    `/webhooks/wa?hub.mode=subscribe&hub.challenge=${encodeURIComponent('<script>alert(1)</script>')}&hub.verify_token=${number.verify_token}`,
  );
  assert.match(answer.headers['content-type'], /^text\/plain/);
  assert.equal(answer.headers['x-content-type-options'], 'nosniff');
});

test('a body without a good signature is refused and leaves no trace', async () => {
  const resident = new WhatsAppResident(number);
  const before = server.rows('SELECT COUNT(*) AS n FROM message')[0].n;
  const body = resident.delivery(resident.text(question));
  const cases = {
    'no signature': { headers: { 'X-Hub-Signature-256': undefined } },
    'the signature of another secret': { app_secret: 'lain' },
    'a signature of another body': { headers: { 'X-Hub-Signature-256': number.signature('{}') } },
    'no algorithm': { headers: { 'X-Hub-Signature-256': number.signature(JSON.stringify(body)).slice(7) } },
    'an empty signature': { headers: { 'X-Hub-Signature-256': 'sha256=' } },
  };
  for (const [name, how] of Object.entries(cases)) {
    const answer = await number.post(server, body, how);
    assert.equal(answer.status, 401, name);
    assert.match(answer.headers['content-type'], /^application\/problem\+json/, name);
    assert.ok(answer.json.id, name);
  }
  assert.equal(server.rows('SELECT COUNT(*) AS n FROM message')[0].n, before);
});

test('both secrets are good while one replaces the other', async () => {
  const resident = new WhatsAppResident(number);
  const answer = await number.post(server, resident.delivery(resident.text(question)), { app_secret: old_secret });
  assert.equal(answer.status, 200);
  await received(resident);
});

test('a question is answered, quoting it, with a correlation of ours', async () => {
  const resident = new WhatsAppResident(number);
  const id = await resident.say(server, question);
  const [call] = await received(resident);
  assert.match(words_of(call), answer_words);
  assert.equal(call.quoted, id);
  const [row] = server.rows(
    `SELECT id FROM message WHERE author = 'bot' AND channel = 'wa' AND id = ${Number.isNaN(Number(call.correlation)) ? 0 : call.correlation}`,
  );
  assert.ok(row, `the correlation ${call.correlation} is no message of ours`);
  await delivery_is(call, 'sent');
});

test('the same event any number of times, also in parallel, is one message and one answer', async () => {
  const resident = new WhatsAppResident(number);
  const message = resident.text(question);
  const body = resident.delivery(message);
  const answers = await Promise.all(Array.from({ length: 12 }, () => number.post(server, body)));
  for (const answer of answers) assert.equal(answer.status, 200);
  await received(resident);
  // Whatever was doubled would have to leave before this next answer does.
  await resident.say(server, 'bikin kartu keluarga baru');
  const calls = await wait_until(
    () => peer.to(resident).some((call) => /F-1\.01/.test(words_of(call))) && peer.to(resident),
  );
  assert.equal(calls.length, 2);
  assert.equal(server.rows(`SELECT COUNT(*) AS n FROM message WHERE external_id = '${message.id}'`)[0].n, 1);
});

test("one contact's messages are answered in their order", async () => {
  const resident = new WhatsAppResident(number);
  const ids = [];
  for (const words of [question, 'kartu keluarga baru', 'jadwal imunisasi anak', 'wifi gratis taman', question]) {
    ids.push(await resident.say(server, words));
  }
  const calls = await received(resident, ids.length);
  assert.deepEqual(
    calls.map((call) => call.quoted),
    ids,
  );
});

test('a batch with a broken message in it keeps the good ones', async () => {
  const one = new WhatsAppResident(number);
  const other = new WhatsAppResident(number);
  const body = number.delivery({
    messages: [
      one.text(question),
      { from: one.phone, type: 'text' },
      'nonsens',
      { ...other.text('jadwal imunisasi anak') },
    ],
    contacts: [...one.contacts, ...other.contacts],
  });
  assert.equal((await number.post(server, body)).status, 200);
  await received(one);
  await received(other);
});

test('authentic but odd or unknown is answered 200', async () => {
  const resident = new WhatsAppResident(number);
  const odd = {
    'another product': { object: 'instagram', entry: [] },
    'nothing in it': { object: 'whatsapp_business_account', entry: [] },
    'an unknown field': number.delivery({ field: 'seesaw' }),
    'another number': {
      object: 'whatsapp_business_account',
      entry: [
        {
          changes: [
            { field: 'messages', value: { metadata: { phone_number_id: '1' }, messages: [resident.text('x')] } },
          ],
        },
      ],
    },
    'an unknown type': resident.delivery(resident.message('hologram', { shape: 'cube' })),
    'a reaction': resident.delivery(resident.message('reaction', { message_id: 'wamid.x', emoji: '👍' })),
    'a status of a message we never sent': number.status('wamid.unknown', 'delivered', { phone: resident.phone }),
    'an unsupported message': resident.delivery({
      ...resident.message('unsupported', { type: 'poll' }),
      errors: [{ code: 131051, title: 'Message type unknown' }],
    }),
    'wrong types everywhere': { object: 'whatsapp_business_account', entry: { changes: 'x' } },
  };
  for (const [name, body] of Object.entries(odd)) assert.equal((await number.post(server, body)).status, 200, name);
  assert.equal(peer.to(resident).length, 0);
});

test('pictures, voice notes, places and contacts are taken and answered, stickers are small talk', async () => {
  const resident = new WhatsAppResident(number);
  const media = { id: '1234567890', mime_type: 'image/jpeg', sha256: 'x' };
  await resident.say(server, resident.message('image', { ...media, caption: question }));
  await resident.say(server, resident.message('audio', { id: '99', mime_type: 'audio/ogg; codecs=opus', voice: true }));
  await resident.say(server, resident.message('location', { latitude: -1.24, longitude: 116.85 }));
  await resident.say(
    server,
    resident.message('contacts', [{ name: { formatted_name: 'Tetangga' }, phones: [{ phone: '081234' }] }]),
  );
  await resident.say(server, resident.message('sticker', { id: '7', mime_type: 'image/webp' }));
  await resident.say(server, 'wifi gratis taman');
  const calls = await received(resident, 5);
  assert.match(words_of(calls[0]), answer_words, 'the caption is the question');
  assert.match(words_of(calls[1]), /belum bisa mendengarkan suara/);
  assert.match(words_of(calls[4]), /KotaUji-Gratis/, 'the sticker is not answered');
});

test('a tapped button does what it says', async () => {
  const resident = new WhatsAppResident(number);
  await resident.say(server, 'xqzv wklm brrt');
  const [fallback] = await received(resident);
  const person = choices_of(fallback).find((choice) => choice.title === 'Hubungi petugas');
  assert.ok(person, `no button for a person: ${JSON.stringify(fallback.body)}`);
  await resident.say(server, resident.message('interactive', { type: 'button_reply', button_reply: person }));
  const calls = await received(resident, 2);
  assert.match(words_of(calls[1]), /Nomor kasus/);
});

test('delivery states only rise; a late or repeated one changes nothing', async () => {
  const resident = new WhatsAppResident(number);
  await resident.say(server, question);
  const [call] = await received(resident);
  const tell = (state) =>
    number.post(server, number.status(call.id, state, { phone: resident.phone, correlation: call.correlation }));
  await tell('delivered');
  await delivery_is(call, 'delivered');
  await tell('read');
  await delivery_is(call, 'read');
  for (const state of ['sent', 'delivered', 'failed', 'read']) assert.equal((await tell(state)).status, 200);
  await delivery_is(call, 'read');
});

test('a status that overtakes our own record of the sending is not lost', async () => {
  const resident = new WhatsAppResident(number);
  // Meta's status is taken while the answer to our call is still on its way: the line breaks, only the status came.
  let told;
  peer.fault = (call) => (call.body.to?.endsWith(resident.phone) && !told ? { drop: 'after' } : undefined);
  await resident.say(server, question);
  const [call] = await received(resident);
  told = await number.post(
    server,
    number.status(call.id, 'delivered', { phone: resident.phone, correlation: call.correlation }),
  );
  assert.equal(told.status, 200);
  const [row] = await wait_until(
    () => {
      const rows = server.rows(
        `SELECT delivery FROM message WHERE id = ${call.correlation} AND delivery IN ('delivered', 'read')`,
      );
      return rows.length === 1 && rows;
    },
    { what: 'the delivery state of the message with this correlation' },
  );
  assert.equal(row.delivery, 'delivered');
  peer.fault = () => undefined;
});

test('a failed delivery is shown with its reason', async () => {
  const resident = new WhatsAppResident(number);
  await resident.say(server, question);
  const [call] = await received(resident);
  const errors = [{ code: 131026, title: 'Message undeliverable', error_data: { details: 'Message Undeliverable.' } }];
  await number.post(server, number.status(call.id, 'failed', { phone: resident.phone, errors }));
  const row = await delivery_is(call, 'failed');
  assert.match(row.error ?? '', /Undeliverable/i);
});

test('a question from before yesterday is kept but not answered', async () => {
  const resident = new WhatsAppResident(number);
  const id = await resident.say(server, resident.text(question, { at: Math.floor(Date.now() / 1000) - 3 * 24 * 3600 }));
  await resident.say(server, 'wifi gratis taman');
  const [call] = await received(resident);
  assert.match(words_of(call), /KotaUji-Gratis/);
  assert.equal(server.rows(`SELECT COUNT(*) AS n FROM message WHERE external_id = '${id}'`)[0].n, 1);
});

test('words of every kind are stored as they were sent', async () => {
  const words = [
    "Robert'); DROP TABLE message;--",
    '<img src=x onerror=alert(1)> & "petik"',
    '👩‍👩‍👧‍👦 keluarga',
    'nol\u200Blebar\u200D dan \u202Ekanan ke kiri\u202C',
    'مرحبا بالعالم',
    '{{7*7}} ${jndi:ldap://x} %s%n',
    'a\u0301'.repeat(500),
  ];
  const resident = new WhatsAppResident(number);
  for (const text of words) {
    const id = await resident.say(server, text);
    const [row] = server.rows(`SELECT text FROM message WHERE external_id = '${id}'`);
    assert.equal(row.text, text);
  }
});

test('a system message moves the resident to the new number', async () => {
  const resident = new WhatsAppResident(number);
  await resident.say(server, question);
  await received(resident);
  const moved = new WhatsAppResident(number, { name: resident.name });
  const system = {
    from: resident.phone,
    id: `wamid.system${Date.now()}`,
    timestamp: String(Math.floor(Date.now() / 1000)),
    type: 'system',
    system: { body: 'User changed', type: 'user_changed_number', wa_id: moved.phone },
  };
  assert.equal((await number.post(server, number.delivery({ messages: [system] }))).status, 200);
  await moved.say(server, 'biayanya berapa?');
  const [call] = await received(moved);
  assert.match(words_of(call), /gratis/i, 'the follow-up is understood: it is the same conversation');
  assert.equal(
    server.rows(`SELECT COUNT(*) AS n FROM contact WHERE address IN ('${resident.phone}', '${moved.phone}')`)[0].n,
    1,
  );
});

async function after() {
  await end_all();
  peer.stop();
  assert.deepEqual(peer.violations, [], 'Meta would have refused these');
}

await run('whatsapp', { before, after, hopeless: server_died });

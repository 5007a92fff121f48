// The resident's chat on the city's page: sessions, messages that may be repeated, choices, and the stream that misses
// nothing.

import assert from 'node:assert/strict';
import { end_all, fill, new_folder, Server, server_died } from './harness.mjs';
import { Events, wait_until } from './http.mjs';
import { WebResident } from './people.mjs';
import { run, test } from './runner.mjs';

let server;
const question = 'ktp ilang gmn ngurusnya min';
const answer_words = /surat kehilangan dari polisi/;

async function before() {
  const folder = new_folder();
  await fill(folder);
  server = await Server.start({ folder });
}

const is_message = (author) => (event) => event.event === 'message' && event.json.author === author;

test('sessions cannot be guessed', async () => {
  const sessions = [];
  for (let i = 0; i < 20; i += 1) sessions.push((await WebResident.begin(server)).session);
  assert.equal(new Set(sessions).size, 20);
  for (const session of sessions) {
    assert.ok(session.length >= 22, `${session.length} characters are fewer than 128 bits`);
    assert.match(session, /^[A-Za-z0-9_-]+$/);
  }
  const stored = JSON.stringify(server.rows('SELECT * FROM contact'));
  for (const session of sessions) assert.ok(!stored.includes(session), 'the store holds a session as it is');
});

test('a question is heard on the stream, the answer after it, then the state', async () => {
  const resident = await WebResident.begin(server);
  const stream = await resident.listen();
  assert.match(stream.type, /^text\/event-stream/);
  const id = await resident.say(question, 'satu');
  const own = await stream.next(is_message('resident'));
  assert.equal(own.json.id, id);
  assert.equal(own.id, id, 'the event carries the id to resume from');
  assert.equal(own.json.text, question);
  assert.equal(own.json.client_id, 'satu');
  const answer = await stream.next(is_message('bot'));
  assert.match(answer.json.text, answer_words);
  assert.deepEqual(Object.keys(answer.json.receipt).sort(), ['action', 'entry', 'revision']);
  assert.equal(answer.json.receipt.action, 'answer');
  assert.equal(answer.json.receipt.entry, 'ktp-hilang');
  assert.ok(BigInt(answer.id) > BigInt(own.id), 'ids grow');
  assert.match(answer.json.at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+08:00$/, "times carry the city's offset");
  assert.ok(stream.all.some((event) => event.event === 'state' && event.json.state === 'bot'));
  stream.close();
});

test('a page that opens later sees the chat so far', async () => {
  const resident = await WebResident.begin(server);
  await resident.say(question);
  const messages = await resident.heard();
  assert.deepEqual(
    messages.map((message) => message.author),
    ['resident', 'bot'],
  );
});

test('a page that was away gets exactly what it missed', async () => {
  const resident = await WebResident.begin(server);
  const stream = await resident.listen();
  await resident.say(question);
  const seen = await stream.next(is_message('bot'));
  stream.close();
  await resident.say('kartu keluarga baru');
  await resident.say('jadwal imunisasi anak');
  const again = await resident.listen({ last_id: seen.id });
  await again.next((event) => event.event === 'message' && /puskesmas/.test(event.json.text));
  const texts = again.all.filter((event) => event.event === 'message').map((event) => event.json.author);
  assert.deepEqual(texts, ['resident', 'bot', 'resident', 'bot']);
  const ids = [...stream.all, ...again.all].filter((event) => event.event === 'message').map((event) => event.id);
  assert.equal(new Set(ids).size, ids.length, 'nothing comes twice');
  again.close();
});

test('the same client_id is the same message, also in parallel', async () => {
  const resident = await WebResident.begin(server);
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => resident.send({ text: question, client_id: 'sekali' })),
  );
  for (const answer of answers) assert.equal(answer.status, 202, answer.text);
  assert.equal(new Set(answers.map((answer) => answer.json.id)).size, 1);
  const messages = await resident.heard();
  assert.deepEqual(
    messages.map((message) => message.author),
    ['resident', 'bot'],
  );
});

test("another session's client_id is another message", async () => {
  const one = await WebResident.begin(server);
  const other = await WebResident.begin(server);
  const first = await one.say(question, 'sama');
  const second = await other.say(question, 'sama');
  assert.notEqual(first, second);
  assert.equal((await other.heard()).length, 2);
});

test('a choice that was offered can be taken, and is shown with its title', async () => {
  const resident = await WebResident.begin(server);
  const fallback = await resident.ask('xqzv wklm brrt');
  assert.equal(fallback.receipt.action, 'fallback');
  const person = fallback.choices.find((choice) => choice.title === 'Hubungi petugas');
  assert.ok(person, JSON.stringify(fallback.choices));
  const taken = await resident.send({ choice: person.value, client_id: 'pilih' });
  assert.equal(taken.status, 202, taken.text);
  const stream = await resident.listen();
  const own = await stream.next((event) => event.event === 'message' && event.json.id === taken.json.id);
  assert.equal(own.json.text, 'Hubungi petugas');
  const notice = await stream.next(is_message('bot'));
  assert.match(notice.json.text, /Nomor kasus: \*?[A-Z]{3}-\d{4}-\d{4}/);
  const state = await stream.next((event) => event.event === 'state' && event.json.state === 'waiting', {
    what: 'the state',
  });
  assert.match(state.json.case, /^[A-Z]{3}-\d{4}-\d{4}$/);
  assert.equal(state.json.office, 'Dinas Komunikasi dan Informatika');
  stream.close();
});

test('a choice that was never offered does nothing bad', async () => {
  const resident = await WebResident.begin(server);
  const answer = await resident.send({ choice: 'e:tidak-ada' });
  assert.ok([202, 422, 400].includes(answer.status), answer.text);
  assert.equal((await resident.ask(question)).receipt.entry, 'ktp-hilang');
});

test('unknown sessions are unknown everywhere, and nothing is said about others', async () => {
  const known = await WebResident.begin(server);
  for (const session of [
    '',
    'tidak-ada',
    known.session.slice(0, -1),
    `${known.session}x`,
    "' OR 1=1 --",
    'x'.repeat(5000),
  ]) {
    const sent = await server.request('/api/v1/chat/messages', { method: 'POST', body: { session, text: question } });
    assert.ok([400, 401, 404, 422].includes(sent.status), `${session.slice(0, 20)}: ${sent.status}`);
    const heard = await server.request(`/api/v1/chat/events?session=${encodeURIComponent(session)}`);
    assert.ok([400, 401, 404].includes(heard.status), `${session.slice(0, 20)}: ${heard.status}`);
    assert.match(heard.headers['content-type'], /^application\/problem\+json/);
  }
  const without = await server.request('/api/v1/chat/events');
  assert.ok([400, 404].includes(without.status));
});

test('messages that say nothing, too much, or the wrong thing are refused with the place', async () => {
  const resident = await WebResident.begin(server);
  const cases = [
    [{}, 'text'],
    [{ text: '' }, 'text'],
    [{ text: ' \n\t ' }, 'text'],
    [{ text: 'x'.repeat(4097) }, 'text'],
    [{ text: '😀'.repeat(4097) }, 'text'],
    [{ text: 7 }, 'text'],
    [{ text: question, client_id: 'x'.repeat(65) }, 'client_id'],
    [{ choice: 'x'.repeat(257) }, 'choice'],
  ];
  for (const [message, where] of cases) {
    const answer = await resident.send(message);
    assert.ok([400, 413, 422].includes(answer.status), `${JSON.stringify(message).slice(0, 40)}: ${answer.status}`);
    assert.equal(answer.json.where, where, JSON.stringify(message).slice(0, 40));
    assert.ok(answer.json.detail && answer.json.id);
  }
  assert.equal((await resident.heard()).length, 0, 'nothing was stored');
});

test('the longest text allowed is taken, answered, and comes back whole', async () => {
  const resident = await WebResident.begin(server);
  const text = `${question} ${'😀'.repeat(4000 - question.length - 1)}`;
  await resident.say(text);
  const messages = await resident.heard();
  assert.equal(messages[0].text, text);
  assert.equal(messages[1].author, 'bot');
});

test('words of every kind come back as they were said', async () => {
  const words = [
    "Robert'); DROP TABLE message;--",
    '<img src=x onerror=alert(1)> & "petik"',
    '👩‍👩‍👧‍👦',
    'nol\u200Blebar\u200D dan \u202Ekanan ke kiri\u202C',
    'مرحبا',
    '{{7*7}} ${x} %s%n \\u0000',
    'a\u0301'.repeat(1000),
    'baris\nlain\r\nlagi\ttab',
    'data: palsu\n\nevent: state\ndata: {"state":"claimed"}\n\n',
  ];
  const resident = await WebResident.begin(server);
  for (const text of words) await resident.say(text);
  const messages = (await resident.heard()).filter((message) => message.author === 'resident');
  assert.deepEqual(
    messages.map((message) => message.text),
    words,
  );
});

test('a text with NUL in it harms nothing', async () => {
  const resident = await WebResident.begin(server);
  const answer = await resident.send({ text: 'sebelum\u0000sesudah' });
  assert.ok([202, 400, 422].includes(answer.status), answer.text);
  if (answer.status === 202) assert.match((await resident.heard())[0].text, /^sebelum.?sesudah$/u);
});

test('one who writes far too fast is asked to wait, others are not', async () => {
  const fast = await WebResident.begin(server);
  const calm = await WebResident.begin(server);
  let refused;
  for (let i = 0; i < 60 && !refused; i += 1) {
    const answer = await fast.send({ text: question });
    if (answer.status === 429) refused = answer;
    else assert.equal(answer.status, 202, answer.text);
  }
  assert.ok(refused, '60 messages at once were all taken');
  assert.ok(Number(refused.headers['retry-after']) >= 1);
  assert.equal((await calm.send({ text: question })).status, 202);
});

test('two residents never hear each other', async () => {
  const one = await WebResident.begin(server);
  const other = await WebResident.begin(server);
  const stream = await other.listen();
  await one.say(question);
  await other.say('wifi gratis taman');
  await stream.next(is_message('bot'));
  assert.ok(stream.all.every((event) => event.event !== 'message' || !/KTP|ktp|polisi/.test(event.json.text)));
  stream.close();
});

test('English is answered in English', async () => {
  const resident = await WebResident.begin(server);
  const answer = await resident.ask('hello, how do I get a replacement, my id card (KTP) is lost, ktp hilang');
  assert.match(answer.text, /police report/);
});

test('after a kill the page goes on where it was', async () => {
  const resident = await WebResident.begin(server);
  const stream = await resident.listen();
  await resident.say(question);
  const seen = await stream.next(is_message('bot'));
  await server.kill();
  await wait_until(() => stream.ended, { what: 'the stream ends' });
  await server.start();
  const again = await resident.listen({ last_id: seen.id });
  await resident.say('wifi gratis taman');
  const answer = await again.next(is_message('bot'));
  assert.match(answer.json.text, /KotaUji-Gratis/);
  assert.equal(again.all.filter((event) => event.event === 'message').length, 2);
  again.close();
});

test('a stream can only be opened, not posted to', async () => {
  const resident = await WebResident.begin(server);
  const answer = await server.request(`/api/v1/chat/events?session=${resident.session}`, { method: 'POST', body: {} });
  assert.equal(answer.status, 405);
  assert.match(answer.headers.allow, /GET/);
  await assert.rejects(Events.open(`${server.url}/api/v1/chat/events?session=x`), /status 404/);
});

await run('webchat', { before, after: end_all, hopeless: server_died });

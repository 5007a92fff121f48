// Every form of message that leaves for WhatsApp and Telegram, held against what independent clients send for the same
// content: @kapso/whatsapp-cloud-api, whatsapp-api-js and grammY. Sahut is made to send by people who write, tap and
// answer; words and titles come from the knowledge, the ids of choices from what was sent. Differences are allowed only
// by the table below, each with its reason, and a line of it that is not needed any more fails the check.
//
//   npm ci && SAHUT_BINARY=… node check.mjs

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { end_all, fixtures, sahut_ok, server_died } from '../system/harness.mjs';
import { choices_of, GraphPeer, words_of } from '../system/graph_peer.mjs';
import { wait_until } from '../system/http.mjs';
import { city_with, TelegramBot, TelegramResident, WhatsAppNumber, WhatsAppResident } from '../system/people.mjs';
import { run, test } from '../system/runner.mjs';
import { plain_of, TelegramPeer } from '../system/telegram_peer.mjs';
import { grammy, kapso, whatsapp_api_js } from './builders.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const absent = '(absent)';

// form: as in builders.mjs, * for all; at: a member by its path; ours and theirs: what stands there, * for anything.
const allowed = [
  {
    client: 'whatsapp-api-js',
    form: 'text',
    at: 'text.preview_url',
    ours: false,
    theirs: absent,
    why: "false is Meta's default; it leaves it out, we say it so that a changed default changes nothing",
  },
  {
    client: 'whatsapp-api-js',
    form: 'template',
    at: 'template.language.policy',
    ours: absent,
    theirs: 'deterministic',
    why: 'it is the only policy Meta has and the one it takes where none is named',
  },
];
const used = new Set();

/** Members by their path: { 'text.body': '…', 'action.buttons[0].type': 'reply' }. */
function members(value, at = '', all = {}) {
  if (Array.isArray(value)) value.forEach((one, index) => members(one, `${at}[${index}]`, all));
  else if (value !== null && typeof value === 'object')
    for (const [key, one] of Object.entries(value)) members(one, at ? `${at}.${key}` : key, all);
  else all[at] = value;
  return all;
}

/** Fails with every difference that the table does not allow. */
function same(client, form, our_body, their_body) {
  const ours = members(our_body);
  const theirs = members(their_body);
  const differences = [];
  for (const at of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
    const [a, b] = [ours[at] ?? absent, theirs[at] ?? absent];
    if (a === b) continue;
    const fits = (wanted, value) => wanted === '*' || wanted === value;
    const rule = allowed.find(
      (one) =>
        one.client === client && fits(one.form, form) && one.at === at && fits(one.ours, a) && fits(one.theirs, b),
    );
    if (rule) used.add(rule);
    else differences.push(`${at}: we send ${JSON.stringify(a)}, ${client} sends ${JSON.stringify(b)}`);
  }
  assert.deepEqual(differences, [], `${form} as ${client} sends it`);
}

const number = new WhatsAppNumber();
const bot = new TelegramBot();
let server;
let sari;
let graph; // what Sahut sends to
let telegram;
let whatsapp_clients;
let telegram_client;
let peers;

async function before() {
  const theirs = await GraphPeer.start(number); // what the others send to: recorded apart, refused alike
  const their_telegram = await TelegramPeer.start(bot);
  graph = await GraphPeer.start(number);
  telegram = await TelegramPeer.start(bot);
  peers = [theirs, their_telegram, graph, telegram];
  whatsapp_clients = [kapso(theirs), whatsapp_api_js(theirs)];
  telegram_client = grammy(their_telegram);
  const city = await city_with([['sari', 'agent', 'disdukcapil']], {
    channels: { wa: number.settings(graph, { ready_template: 'jawaban_siap' }), tg: bot.settings(telegram) },
  });
  server = city.server;
  sari = city.people.sari;
  await sahut_ok(['knowledge', 'import', path.join(here, 'knowledge.json'), '--data', server.folder]);
  await server.stop(); // what is imported beside a running server is read when it starts
  await server.start();
  await sari.login();
}

const entries = [path.join(fixtures, 'knowledge.json'), path.join(here, 'knowledge.json')].flatMap(
  (file) => JSON.parse(fs.readFileSync(file, 'utf8')).entries,
);
const entry = (id) => entries.find((one) => one.id === id);

// ---- WhatsApp

/** Somebody writes; gives the answer's call and the id of the question. */
async function whatsapp_answer(text, resident = new WhatsAppResident(number)) {
  const message = resident.text(text);
  const delivery = resident.bsuid ? bsuid_delivery(resident, message) : resident.delivery(message);
  assert.equal((await number.post(server, delivery)).status, 200);
  const [call] = await wait_until(
    () => {
      const calls = graph.accepted.filter((one) => one.quoted === message.id);
      return calls.length > 0 ? calls : undefined;
    },
    { what: `an answer to "${text}"` },
  );
  return { call, message, resident };
}

/** A resident who hides the phone number: known by a user id only. */
function bsuid_delivery(resident, message) {
  const { from, ...rest } = message;
  return number.delivery({
    messages: [{ ...rest, from_user_id: resident.bsuid }],
    contacts: [{ profile: { name: resident.name, username: 'warga.uji' }, user_id: resident.bsuid }],
  });
}

const content_of = ({ call, message, resident }) => ({
  ...(resident.bsuid ? { recipient: resident.bsuid } : { to: `+${resident.phone}` }),
  quoted: message.id,
  correlation: call.correlation,
  text: words_of(call),
});

async function like_the_others(form, our_body, content) {
  for (const client of whatsapp_clients) same(client.name, form, our_body, await client[form](content));
}

test('a text for WhatsApp is the text that other clients send', async () => {
  const said = await whatsapp_answer('kartu keluarga baru');
  const content = content_of(said);
  assert.equal(content.text, entry('kk-baru').answer.id);
  await like_the_others('text', said.call.body, content);
});

test('a text goes to a user id where the resident shows no number, as other clients send it', async () => {
  const resident = new WhatsAppResident(number);
  resident.bsuid = `ID.${randomBytes(12).toString('hex')}`;
  const said = await whatsapp_answer('kartu keluarga baru', resident);
  await like_the_others('text', said.call.body, content_of(said));
});

test('signs that other services take for markup stay what they are', async () => {
  const said = await whatsapp_answer('surat keterangan usaha');
  const content = content_of(said);
  assert.equal(content.text, entry('surat-usaha').answer.id);
  await like_the_others('text', said.call.body, content);
});

test('buttons for WhatsApp are the buttons that other clients send', async () => {
  const said = await whatsapp_answer('ktp hilang gimana');
  assert.equal(said.call.body.interactive?.type, 'button');
  const content = content_of(said);
  assert.equal(content.text, entry('ktp-hilang').answer.id);
  await like_the_others('buttons', said.call.body, { ...content, choices: choices_of(said.call) });
});

test('several buttons for WhatsApp are those that other clients send, with the titles of the knowledge', async () => {
  const said = await whatsapp_answer('izin acara');
  assert.equal(said.call.body.interactive?.type, 'button');
  const choices = choices_of(said.call);
  assert.equal(choices.length, 3);
  for (const { id, title } of choices.filter((one) => one.id.startsWith('e:')))
    assert.equal(title, entry(id.slice(2)).title);
  await like_the_others('buttons', said.call.body, { ...content_of(said), choices });
});

test('choices with long titles are a list, as other clients send it, and the whole title is below', async () => {
  const said = await whatsapp_answer('surat keterangan');
  const { interactive } = said.call.body;
  assert.equal(interactive?.type, 'list');
  const choices = choices_of(said.call);
  for (const { id, title, description } of choices.filter((one) => one.id.startsWith('e:'))) {
    const whole = entry(id.slice(2)).title;
    assert.equal(description, whole);
    assert.ok(title.endsWith('…') && whole.startsWith(title.slice(0, -1)), title);
  }
  assert.equal(choices.length, 4);
  await like_the_others('list', said.call.body, {
    ...content_of(said),
    button: interactive.action.button,
    choices,
  });
});

test('a read mark is the one that other clients send', async () => {
  const { message } = await claimed();
  const mark = await wait_until(() => graph.calls.find((call) => call.body.message_id === message.id), {
    what: 'a read mark',
  });
  await like_the_others('read', mark.body, { message: message.id });
});

test("the template that says an answer waits is the one that other clients send", async () => {
  const { resident, id } = await claimed();
  // As if the resident had written a day ago.
  const sql = `UPDATE conversation SET last_inbound_at = last_inbound_at - 90000000 WHERE id = ${id}`;
  execFileSync('sqlite3', ['-cmd', '.timeout 10000', path.join(server.folder, 'sahut.db'), sql]);
  const parked = await sari.post(`/api/v1/conversations/${id}/reply`, { text: 'Sudah jadi.', park: true });
  assert.equal(parked.status, 201, parked.text);
  const call = await wait_until(() => graph.to(resident).find((one) => one.body.type === 'template'), {
    what: 'the template',
  });
  await like_the_others('template', call.body, {
    to: `+${resident.phone}`,
    correlation: call.correlation,
    template: 'jawaban_siap',
    language: 'id',
  });
});

/** A resident who asked for a person and was claimed by sari. */
async function claimed() {
  const { resident } = await whatsapp_answer('ktp hilang gimana');
  const { message } = await whatsapp_answer('saya mau bicara dengan petugas', resident);
  const item = await wait_until(
    async () => (await sari.queue('unclaimed')).find((one) => one.contact.name === resident.name),
    { what: 'the queue' },
  );
  assert.equal((await sari.post(`/api/v1/conversations/${item.id}/claim`)).status, 200);
  return { resident, message, id: item.id };
}

// ---- Telegram

async function telegram_answer(text) {
  const resident = new TelegramResident(bot);
  const update = resident.text(text);
  await resident.say(server, update);
  const [call] = await wait_until(() => (telegram.to(resident).length > 0 ? telegram.to(resident) : undefined), {
    what: `an answer to "${text}"`,
  });
  return { call, content: { chat: resident.id, quoted: update.message.message_id, text: call.body.text }, resident };
}
const shown_words = (call) => plain_of(call.body.text).plain;
const without_stars = (text) => text.replaceAll('*', '');

test('a text for Telegram is the call that grammY makes, and shows the words of the knowledge', async () => {
  for (const [question, id] of [
    ['kartu keluarga baru', 'kk-baru'],
    ['surat keterangan usaha', 'surat-usaha'],
  ]) {
    const { call, content } = await telegram_answer(question);
    assert.equal(shown_words(call), without_stars(entry(id).answer.id));
    same('grammy', 'text', call.body, await telegram_client.text(content));
  }
});

test('a keyboard for Telegram is the one that grammY makes, with whole titles and ids that fit', async () => {
  const { call, content } = await telegram_answer('surat keterangan');
  const choices = call.body.reply_markup.inline_keyboard.flat();
  for (const { text, callback_data } of choices.filter((one) => one.callback_data.startsWith('e:')))
    assert.equal(text, entry(callback_data.slice(2)).title);
  const titled = choices.map(({ text, callback_data }) => ({ id: callback_data, title: text }));
  same('grammy', 'keyboard', call.body, await telegram_client.keyboard({ ...content, choices: titled }));
});

test('the acknowledgement of a tap is the call that grammY makes', async () => {
  const { call, resident } = await telegram_answer('ktp hilang gimana');
  const tap = resident.tap(call.body.reply_markup.inline_keyboard[0][0].callback_data, call);
  await resident.say(server, tap);
  const { id } = tap.callback_query;
  const answered = await wait_until(
    () => telegram.calls.find((one) => one.method === 'answerCallbackQuery' && one.body.callback_query_id === id),
    { what: 'the acknowledgement' },
  );
  same('grammy', 'acknowledge', answered.body, await telegram_client.acknowledge({ query: id }));
});

// ----

test('every allowed difference is still one', () => {
  if (process.argv[2]) return; // some of the cases were not run
  assert.deepEqual(
    allowed.filter((rule) => !used.has(rule)).map(({ client, form, at }) => `${client} ${form} ${at}`),
    [],
  );
});

async function after() {
  await end_all();
  for (const peer of peers) peer.stop();
  assert.deepEqual(
    peers.flatMap((peer) => peer.violations),
    [],
    'Meta or Telegram would have refused these',
  );
}

await run('crosscheck', { before, after, hopeless: server_died });

// Telegram by webhook and by polling: the secret header, once-for-ever, buttons and their acknowledgement, faults of the
// sending side; for polling, that an update is confirmed only after it is stored.

import assert from 'node:assert/strict';
import { end_all, fill, new_folder, Server, server_died } from './harness.mjs';
import { wait_until } from './http.mjs';
import { TelegramBot, TelegramResident } from './people.mjs';
import { run, test } from './runner.mjs';
import { TelegramPeer, plain_of } from './telegram_peer.mjs';

const bot = new TelegramBot();
const polled = new TelegramBot({ channel: 'tgp', id: 7712345679 });
let server;
let peer;
let poll_peer;

const question = 'ktp ilang gmn ngurusnya min';
const answer_words = /surat kehilangan dari polisi/;
const words_of = (call) => plain_of(call.body.text).plain;

const received = (resident, count = 1, at = peer) =>
  wait_until(() => (at.to(resident).length >= count ? at.to(resident) : undefined), {
    what: `${count} messages at the resident's phone`,
  });

async function before() {
  peer = await TelegramPeer.start(bot);
  poll_peer = await TelegramPeer.start(polled);
  const folder = new_folder();
  await fill(folder);
  server = await Server.start({
    folder,
    config: {
      channels: {
        tg: bot.settings(peer),
        tgp: polled.settings(poll_peer, { mode: 'polling' }),
      },
    },
  });
}

test('without the secret header nothing is taken', async () => {
  const resident = new TelegramResident(bot);
  for (const value of [undefined, '', 'salah', `${bot.secret_token}x`]) {
    const answer = await bot.post(server, resident.text(question), {
      headers: { 'X-Telegram-Bot-Api-Secret-Token': value },
    });
    assert.equal(answer.status, 401);
    assert.match(answer.headers['content-type'], /^application\/problem\+json/);
  }
  assert.equal(server.rows(`SELECT COUNT(*) AS n FROM contact WHERE address = '${resident.id}'`)[0].n, 0);
});

test('a question is answered as a reply to it, in HTML that Telegram takes', async () => {
  const resident = new TelegramResident(bot);
  const update = resident.text(question);
  await resident.say(server, update);
  const [call] = await received(resident);
  assert.match(words_of(call), answer_words);
  assert.equal(call.body.reply_parameters.message_id, update.message.message_id);
  await wait_until(
    () =>
      server.rows(`SELECT delivery FROM message WHERE external_id = 'm:${resident.id}:${call.result.message_id}'`)[0]
        ?.delivery === 'sent',
    {
      what: "the record of Telegram's message id",
    },
  );
});

test('an update that comes again, also in parallel, is one message', async () => {
  const resident = new TelegramResident(bot);
  const update = resident.text(question);
  const answers = await Promise.all(Array.from({ length: 10 }, () => bot.post(server, update)));
  for (const answer of answers) assert.equal(answer.status, 200);
  await received(resident);
  await resident.say(server, 'kartu keluarga baru');
  const calls = await wait_until(
    () => peer.to(resident).some((call) => /F-1\.01/.test(words_of(call))) && peer.to(resident),
  );
  assert.equal(calls.length, 2);
});

test("one chat's messages are answered in their order", async () => {
  const resident = new TelegramResident(bot);
  const updates = [question, 'kartu keluarga baru', 'jadwal imunisasi anak', 'wifi gratis taman'].map((words) =>
    resident.text(words),
  );
  for (const update of updates) await resident.say(server, update);
  const calls = await received(resident, updates.length);
  assert.deepEqual(
    calls.map((call) => call.body.reply_parameters.message_id),
    updates.map((update) => update.message.message_id),
  );
});

test('a tapped button is acknowledged and does what it says', async () => {
  const resident = new TelegramResident(bot);
  await resident.say(server, 'xqzv wklm brrt');
  const [fallback] = await received(resident);
  const button = fallback.body.reply_markup?.inline_keyboard.flat().find((one) => one.text === 'Hubungi petugas');
  assert.ok(button, `no button for a person: ${JSON.stringify(fallback.body)}`);
  const tap = resident.tap(button.callback_data, fallback);
  const answers = await Promise.all([bot.post(server, tap), bot.post(server, tap)]);
  for (const answer of answers) assert.equal(answer.status, 200);
  const calls = await received(resident, 2);
  assert.match(words_of(calls[1]), /Nomor kasus/);
  await wait_until(() => peer.acknowledged.includes(tap.callback_query.id), { what: 'answerCallbackQuery' });
  assert.equal(peer.acknowledged.filter((id) => id === tap.callback_query.id).length, 1);
});

test('a forged button changes nothing and is acknowledged all the same', async () => {
  const resident = new TelegramResident(bot);
  await resident.say(server, question);
  const [call] = await received(resident);
  const tap = resident.tap('e:../../etc/passwd', call);
  await resident.say(server, tap);
  await wait_until(() => peer.acknowledged.includes(tap.callback_query.id), { what: 'answerCallbackQuery' });
});

test('groups, bots, channels and kinds of update nobody knows are answered 200 and ignored', async () => {
  const resident = new TelegramResident(bot);
  const message = (change) => {
    const update = resident.text(question);
    change(update);
    return update;
  };
  const odd = {
    'a group': message((update) => (update.message.chat = { id: -100123, type: 'supergroup', title: 'RT 05' })),
    'a bot': message((update) => (update.message.from.is_bot = true)),
    'a channel post': {
      update_id: ++bot.update_id,
      channel_post: { message_id: 1, chat: { id: -1001, type: 'channel' }, date: 1, text: 'x' },
    },
    'an unknown kind': { update_id: ++bot.update_id, chat_boost: { x: 1 } },
    'no update id': { message: {} },
    nothing: {},
    'a list': [1, 2],
  };
  for (const [name, update] of Object.entries(odd)) assert.equal((await bot.post(server, update)).status, 200, name);
  assert.equal(peer.to(resident).length, 0);
});

test('an edited message is kept beside the first and not answered again', async () => {
  const resident = new TelegramResident(bot);
  const update = resident.text(question);
  await resident.say(server, update);
  await received(resident);
  await resident.say(server, {
    update_id: ++bot.update_id,
    edited_message: { ...update.message, edit_date: update.message.date + 5, text: 'jadwal imunisasi anak' },
  });
  await resident.say(server, 'wifi gratis taman');
  const calls = await received(resident, 2);
  assert.match(words_of(calls[1]), /KotaUji-Gratis/);
  assert.equal(calls.length, 2);
});

test('429 with retry_after is obeyed', async () => {
  const resident = new TelegramResident(bot);
  let refused_at;
  peer.fault = (call) => {
    if (call.method !== 'sendMessage' || call.body.chat_id !== resident.id || refused_at) return undefined;
    refused_at = Date.now();
    return {
      status: 429,
      body: JSON.stringify({
        ok: false,
        error_code: 429,
        description: 'Too Many Requests: retry after 2',
        parameters: { retry_after: 2 },
      }),
      headers: { 'Retry-After': '2' },
    };
  };
  await resident.say(server, question);
  const [call] = await received(resident);
  assert.ok(call.at - refused_at >= 1900, `it came again after ${call.at - refused_at} ms instead of 2 s`);
  peer.fault = () => undefined;
});

test('who blocked the bot is unreachable until he writes again', async () => {
  const resident = new TelegramResident(bot);
  peer.fault = (call) =>
    call.method === 'sendMessage' && call.body.chat_id === resident.id
      ? {
          status: 403,
          body: JSON.stringify({ ok: false, error_code: 403, description: 'Forbidden: bot was blocked by the user' }),
        }
      : undefined;
  await resident.say(server, question);
  const reachable = () =>
    server.rows(`SELECT reachable FROM contact WHERE channel = 'tg' AND address = '${resident.id}'`)[0]?.reachable;
  await wait_until(() => reachable() === 0, { what: 'the contact is marked unreachable' });
  peer.fault = () => undefined;
  await resident.say(server, 'kartu keluarga baru');
  await wait_until(() => reachable() === 1, { what: 'the contact is reachable again' });
  await wait_until(() => peer.to(resident).some((call) => /F-1\.01/.test(words_of(call))), { what: 'the answer' });
});

test('names and words full of markup reach Telegram unharmed', async () => {
  const resident = new TelegramResident(bot, { name: '<b>Budi</b> & "Ani"' });
  for (const text of ['a < b && c > d', '</b><script>x</script>', '👩‍👩‍👧 \u202Ekanan', 'x'.repeat(4096)]) {
    const update = resident.text(text);
    await resident.say(server, update);
    const [row] = server.rows(
      `SELECT text FROM message WHERE external_id = 'm:${resident.id}:${update.message.message_id}:${update.update_id}'`,
    );
    assert.equal(row?.text, text);
  }
});

// ---- polling

test('polling takes what waits, answers, and confirms it afterwards', async () => {
  const resident = new TelegramResident(polled);
  const update = resident.text(question);
  poll_peer.queue(update);
  const [call] = await received(resident, 1, poll_peer);
  assert.match(words_of(call), answer_words);
  await wait_until(() => poll_peer.confirmed_to >= update.update_id, { what: 'the confirmation by offset' });
  assert.equal(
    server.rows(
      `SELECT COUNT(*) AS n FROM message WHERE external_id = 'm:${resident.id}:${update.message.message_id}:${update.update_id}'`,
    )[0].n,
    1,
  );
});

test('an update that polling gets twice is one message', async () => {
  const resident = new TelegramResident(polled);
  const update = resident.text(question);
  poll_peer.queue(update);
  await received(resident, 1, poll_peer);
  poll_peer.queue(update, resident.text('kartu keluarga baru'));
  await wait_until(() => poll_peer.to(resident).some((call) => /F-1\.01/.test(words_of(call))), {
    what: 'the answer to the next question',
  });
  assert.equal(poll_peer.to(resident).length, 2);
});

test('after a kill the updates that were not confirmed come again and are taken once', async () => {
  const resident = new TelegramResident(polled);
  const updates = Array.from({ length: 5 }, (_, i) => resident.text(i % 2 ? question : 'jadwal imunisasi anak'));
  poll_peer.queue(...updates);
  await wait_until(
    () =>
      server.rows(
        `SELECT COUNT(*) AS n FROM message m JOIN contact c ON c.id = m.contact_id WHERE c.address = '${resident.id}' AND author = 'resident'`,
      )[0].n >= 1,
    {
      what: 'the first is stored',
    },
  );
  await server.kill();
  await server.start();
  // Pace: a burst of five to one chat, then one a second.
  await wait_until(
    () => new Set(poll_peer.to(resident).map((call) => call.body.reply_parameters.message_id)).size === updates.length,
    {
      within: 30_000,
      what: 'an answer to each',
    },
  );
  const order = poll_peer.to(resident).map((call) => call.body.reply_parameters.message_id);
  assert.deepEqual(
    order,
    [...order].sort((a, b) => a - b),
    'the answers keep the order',
  );
  const stored = server.rows(
    `SELECT COUNT(*) AS n FROM message m JOIN contact c ON c.id = m.contact_id WHERE c.address = '${resident.id}' AND author = 'resident'`,
  )[0].n;
  assert.equal(stored, updates.length);
});

test(
  'trouble at Telegram is waited out',
  async () => {
    const resident = new TelegramResident(polled);
    let failures = 0;
    poll_peer.fault = (call) =>
      call.method === 'getUpdates' && failures < 2
        ? ((failures += 1), { status: 502, body: 'Bad Gateway' })
        : undefined;
    poll_peer.queue(resident.text(question)); // ends the poll that waits; the next two fail
    await wait_until(() => failures === 2, { within: 40_000, what: 'two failed polls' });
    poll_peer.queue(resident.text('kartu keluarga baru'));
    await wait_until(() => poll_peer.to(resident).length === 2, {
      within: 40_000,
      what: 'the answer after the trouble',
    });
    poll_peer.fault = () => undefined;
  },
  { within: 90_000 },
);

test('the link of an office greets in its name, and leads to its people', async () => {
  const resident = new TelegramResident(bot);
  await resident.say(server, '/start dinkes');
  const [greeting] = await wait_until(() => (peer.to(resident).length > 0 ? peer.to(resident) : undefined), { what: 'a greeting' });
  assert.match(greeting.body.text, /Dinas Kesehatan/);
  await resident.say(server, 'mau bicara dengan petugas');
  await wait_until(
    () => server.rows(`SELECT 1 FROM conversation c JOIN contact k ON k.id = c.contact_id WHERE k.address = '${resident.id}' AND c.office = 'dinkes'`).length > 0,
    { what: 'it waits at that office' },
  );
  const stranger = new TelegramResident(bot);
  await stranger.say(server, '/start tidak-ada');
  const [answer] = await wait_until(() => (peer.to(stranger).length > 0 ? peer.to(stranger) : undefined), { what: 'a greeting' });
  assert.doesNotMatch(answer.body.text, /belum bisa/);
});

async function after() {
  await end_all();
  peer.stop();
  poll_peer.stop();
  assert.deepEqual([...peer.violations, ...poll_peer.violations], [], 'Telegram would have refused these');
}

await run('telegram', { before, after, hopeless: server_died });

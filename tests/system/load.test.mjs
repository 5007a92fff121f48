// One process, six channels at once, each with up to 200 residents who write, and peers that answer every tenth call
// badly: nothing is lost, doubled unseen, out of order or too fast, and webhooks stay quick meanwhile.
//
//   node load.test.mjs                            15 seconds of writing
//   SAHUT_LOAD_SECONDS=60 node load.test.mjs      by hand, before a release: 200 residents on each channel
//   SAHUT_LOAD_SEED=…                             the same words at the same moments (who meets which fault differs)
//   SAHUT_LOAD_BREAK=lose|double|shuffle|rush     spoils what the peers saw before it is judged: the run must end red
//
// How much is written follows from how fast answers may leave. WhatsApp (80 a second) and Telegram (30) are written to
// at just that rate, so that their senders work at their limits all the time. A gateway sends 5 a second and needs 3
// messages of each resident for an order to be seen: three times 200 take 120 s and, with one call in ten spoiled and
// pauses for the whole number, some 160 s. So the answers are given until 5/3 of the writing time after it (25 s or
// 100 s), three quarters of that is counted as useful, and of the gateways' 200 residents as many write as fit: 50 in
// 15 s, 200 in 60 s. Three residents of each channel are hasty: they write more than the channel's burst at once.
//
// A tenth of the calls is answered badly: throttled (for one resident; rarely for the whole number, because each costs
// everybody seconds), 500, never, after the client gave up, or the line breaks before or after the message was taken.
// A tenth of the webhooks comes twice, at the same moment or seconds later. Where the channel promises no order
// (WhatsApp, gateways) a tenth overtakes the one before; what counts as the order is then the order of arrival, because
// a resident's next webhook is posted when the one before was acknowledged.
//
// On WhatsApp and Telegram an answer quotes the resident's message and is recognised by it. A gateway's answer has only
// its words: the four questions are asked in turn, so that neighbours always differ.

import assert from 'node:assert/strict';
import { end_all, fill, new_folder, patience, Server, server_died } from './harness.mjs';
import { Gateway, GatewayPeer, GatewayResident } from './gateways.mjs';
import { GraphPeer, words_of } from './graph_peer.mjs';
import { wait_until } from './http.mjs';
import { figures_of, print, quantile } from './load_figures.mjs';
import { TelegramBot, TelegramResident, WhatsAppNumber, WhatsAppResident } from './people.mjs';
import { RateWatch } from './rate_watch.mjs';
import { run, test } from './runner.mjs';
import { random_from } from './seeded.mjs';
import { TelegramPeer } from './telegram_peer.mjs';

const seconds = Number(process.env.SAHUT_LOAD_SECONDS ?? 15);
const most_residents = Number(process.env.SAHUT_LOAD_RESIDENTS ?? 200);
const seed = Number(process.env.SAHUT_LOAD_SEED ?? Math.floor(Math.random() * 2 ** 31));
const broken = process.env.SAHUT_LOAD_BREAK ?? '';
const drain_s = (seconds * 5) / 3;
const least_messages = 3;
const useful = 0.75;
const hasty = 3;
// WhatsApp's hasty residents have some 50 messages each, one after the other: the last four wait 6 s each, and one in ten
// is spoiled, for up to 11 s.
const hasty_chain_ms = 120_000;
const share = 0.1; // of answers spoiled, of webhooks doubled, of webhooks overtaken
const client_gives_up_ms = 10_000;
const whole_channel_every_ms = 15_000;
const p99_ms_most = 250;

const random = random_from(seed);
const between = (least, most) => least + random() * (most - least);
const pick = (list) => list[Math.floor(random() * list.length)];
const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// Each is answered by a rule of its entry, whatever else is asked around it.
const questions = [
  { text: 'ktp hilang gimana', answer: /surat kehilangan dari polisi/ },
  { text: 'kartu keluarga baru', answer: /Isi formulir F-1\.01/ },
  { text: 'jadwal imunisasi anak', answer: /Imunisasi anak gratis/ },
  { text: 'wifi gratis taman', answer: /KotaUji-Gratis/ },
];

// ---- the channels. Each: residents and their webhooks, and how to read what its peer took.

class Traffic {
  constructor({ name, pace, ordered, peer, resident, webhook, post, contact_of, words, quotes, throttles }) {
    Object.assign(this, { name, pace, ordered, peer, webhook, post, contact_of, words, quotes, throttles });
    this.watch = new RateWatch(pace);
    this.spoiled = {};
    this.waited_at = -Infinity; // when the whole channel was last told to wait
    this.webhooks = []; // { ms, status }
    const { messages, residents } = plan(pace.per_second);
    this.people = Array.from({ length: residents }, (_, index) => {
      const who = resident();
      const count = index < hasty ? Math.max(pace.burst + 4, messages) : messages;
      return { who, key: String(who.phone ?? who.id), messages: writing(count, index < hasty), arrived: [] };
    });
    peer.fault = (call) => this.#judge(call);
  }

  /** Notes every call, and spoils one in ten. */
  #judge(call) {
    const contact = this.contact_of(call);
    if (contact === undefined) return undefined;
    call.contact = contact;
    this.watch.arrived(contact, call.at);
    if (random() >= share) return undefined;
    const may_pause_all = call.at - this.waited_at > whole_channel_every_ms;
    const kinds = ['resident', 'error', 'never', 'late', 'before', 'after', ...(may_pause_all ? ['channel'] : [])];
    call.spoiled = pick(kinds.filter((kind) => this.throttles[kind] || !['resident', 'channel'].includes(kind)));
    this.spoiled[call.spoiled] = (this.spoiled[call.spoiled] ?? 0) + 1;
    switch (call.spoiled) {
      case 'error':
        return { status: 500, body: '<html>Internal Server Error</html>', headers: { 'Content-Type': 'text/html' } };
      case 'never':
        return { hang: true };
      case 'late':
        return { late_ms: client_gives_up_ms + 2_000 };
      case 'before':
      case 'after':
        return { drop: call.spoiled };
      default: {
        const { wait_ms, fault } = this.throttles[call.spoiled]();
        this.watch.close(call.spoiled === 'channel' ? '*' : contact, call.at, wait_ms);
        if (call.spoiled === 'channel') this.waited_at = call.at;
        return fault;
      }
    }
  }

  async deliver(webhook) {
    const begin = process.hrtime.bigint();
    const answer = await this.post(webhook).catch((error) => ({ status: error.message }));
    this.webhooks.push({ status: answer.status, ms: Number(process.hrtime.bigint() - begin) / 1e6 });
  }

  /** What the peer took for one resident, oldest first. */
  taken_by(person) {
    return this.peer.taken_of(person.key);
  }
}

/** As many messages and residents as can be answered in time; see above. */
function plan(per_second) {
  const messages = Math.max(least_messages, Math.round((per_second * seconds) / most_residents));
  const answers = per_second * (seconds + drain_s) * useful;
  return { messages, residents: Math.min(most_residents, Math.floor(answers / messages)) };
}

/** When one resident writes what, in milliseconds from the start. */
function writing(count, in_haste) {
  const first = random() * seconds * 500;
  const moments = Array.from({ length: count }, () => (in_haste ? first : random() * seconds * 1_000));
  const from = Math.floor(random() * questions.length);
  return moments.sort((a, b) => a - b).map((at, index) => ({ at, ...questions[(from + index) % questions.length] }));
}

/** Keeps what was taken by resident, so that looking for one does not walk through all. */
function by_contact(peer, accepted, contact_of) {
  const shelves = new Map();
  let seen = 0;
  peer.taken_of = (key) => {
    for (; seen < accepted.length; seen += 1) {
      const contact = contact_of(accepted[seen]);
      if (!shelves.has(contact)) shelves.set(contact, []);
      shelves.get(contact).push(accepted[seen]);
    }
    return shelves.get(key) ?? [];
  };
  return peer;
}

async function whatsapp_traffic() {
  const number = new WhatsAppNumber();
  const contact_of = (call) => call.body.to?.replace(/^\+/, '');
  const peer = await GraphPeer.start(number);
  return {
    config: number.settings(peer),
    traffic: new Traffic({
      name: number.channel,
      pace: { per_second: 80, burst: 45, interval_ms: 6_000 },
      ordered: false,
      peer: by_contact(peer, peer.accepted, contact_of),
      resident: () => new WhatsAppResident(number),
      webhook: (who, text) => {
        const message = who.text(text);
        return { id: message.id, body: who.delivery(message) };
      },
      post: ({ body }) => number.post(server, body),
      contact_of,
      words: words_of,
      quotes: (call) => call.quoted,
      throttles: {
        resident: () => ({ wait_ms: 6_000, fault: { code: 131056, message: 'pair rate limit hit' } }),
        channel: () =>
          random() < 0.5
            ? { wait_ms: 1_000, fault: { code: 130429, status: 429, message: 'Rate limit hit' } }
            : { wait_ms: 2_000, fault: { code: 130429, status: 429, headers: { 'Retry-After': '2' } } },
      },
    }),
  };
}

async function telegram_traffic() {
  const bot = new TelegramBot();
  const contact_of = (call) => (call.method === 'sendMessage' ? String(call.body.chat_id) : undefined);
  const peer = await TelegramPeer.start(bot);
  return {
    config: bot.settings(peer),
    traffic: new Traffic({
      name: bot.channel,
      pace: { per_second: 30, burst: 5, interval_ms: 1_000 },
      ordered: true,
      peer: by_contact(peer, peer.sent, contact_of),
      resident: () => new TelegramResident(bot),
      webhook: (who, text) => {
        const update = who.text(text);
        return { id: update.message.message_id, body: update };
      },
      post: ({ body }) => bot.post(server, body),
      contact_of,
      words: (call) => call.body.text,
      quotes: (call) => call.body.reply_parameters?.message_id,
      throttles: {
        resident: () => {
          const wait_s = 1 + Math.floor(random() * 4);
          const description = `Too Many Requests: retry after ${wait_s}`;
          const body = { ok: false, error_code: 429, description, parameters: { retry_after: wait_s } };
          return { wait_ms: wait_s * 1_000, fault: { status: 429, body, headers: { 'Retry-After': String(wait_s) } } };
        },
      },
    }),
  };
}

async function gateway_traffic(profile) {
  const gateway = new Gateway(profile);
  const peer = await GatewayPeer.start(gateway);
  return {
    config: gateway.settings(peer),
    traffic: new Traffic({
      name: gateway.channel,
      pace: { per_second: 5, burst: 3, interval_ms: 2_000 },
      ordered: false,
      peer: by_contact(peer, peer.accepted, peer.contact_of),
      resident: () => new GatewayResident(gateway),
      webhook: (who, text) => ({ body: who.text(text) }),
      post: ({ body }) => gateway.post(server, body),
      contact_of: peer.contact_of,
      words: peer.words_of,
      throttles: {
        channel: () => ({ wait_ms: 2_000, fault: { status: 429, body: '{}', headers: { 'Retry-After': '2' } } }),
      },
    }),
  };
}

// ---- writing

/** One resident: webhook after webhook, each when its time has come and the one before was acknowledged. */
async function live(traffic, person, start) {
  const late_copies = [];
  const waiting = person.messages.map((message) => ({ ...message, ...traffic.webhook(person.who, message.text) }));
  for (let index = 0; index + 1 < waiting.length; index += 1) {
    if (traffic.ordered || random() >= share) continue;
    [waiting[index], waiting[index + 1]] = [waiting[index + 1], waiting[index]];
    index += 1;
  }
  for (const message of waiting) {
    await rest(Math.max(0, start + message.at - Date.now()));
    const copies = [traffic.deliver(message)];
    if (random() < share) {
      if (random() < 0.5) copies.push(traffic.deliver(message));
      else late_copies.push(rest(between(1_000, 8_000)).then(() => traffic.deliver(message)));
    }
    await Promise.all(copies);
    person.arrived.push(message);
  }
  await Promise.all(late_copies);
}

/** To see that each judgement can be red: changes what the peers saw. */
function spoil_the_record(traffic) {
  const person = traffic.people.find((one) => one.arrived.length > 1 && traffic.taken_by(one).length > 1);
  const taken = traffic.taken_by(person);
  if (broken === 'lose') taken.pop();
  if (broken === 'double') taken.push({ ...taken.at(-1), spoiled: undefined }), (taken.at(-2).spoiled = undefined);
  if (broken === 'shuffle') taken.reverse();
  if (broken !== 'rush') return;
  const now = Date.now();
  for (let i = 0; i < 200; i += 1) traffic.watch.arrived(person.key, now);
  traffic.watch.close('*', now, 10_000);
  traffic.watch.arrived(person.key, now + 2_000);
}

// ---- the case

let server;
let traffics;

async function before() {
  console.log(`# ${seconds} s of writing, seed ${seed}${broken ? `, the record is spoiled: ${broken}` : ''}`);
  const all = [await whatsapp_traffic(), await telegram_traffic()];
  for (const profile of ['waha', 'gowa', 'evolution', 'fonnte']) all.push(await gateway_traffic(profile));
  traffics = all.map((one) => one.traffic);
  const folder = new_folder();
  await fill(folder);
  const channels = Object.fromEntries(all.map(({ traffic, config }) => [traffic.name, config]));
  server = await Server.start({ folder, config: { channels } });
}

/** Cheap questions first: the store is asked only when the peers have seen enough. */
function everything_left() {
  const enough = traffics.every((traffic) =>
    traffic.people.every((person) => traffic.taken_by(person).length >= person.arrived.length),
  );
  return enough && outbox_rows().length === 0;
}

/** { channel, state, n } of what has not left. */
const outbox_rows = () => server.rows('SELECT channel, state, COUNT(*) AS n FROM outbox GROUP BY channel, state');

test(
  'under load on six channels nothing is lost, doubled unseen, out of order or too fast, and webhooks stay quick',
  async () => {
    const start = Date.now();
    const lives = traffics.flatMap((traffic) => traffic.people.map((person) => live(traffic, person, start)));
    await Promise.all(lives);
    const written = Date.now();
    let late;
    await wait_until(everything_left, {
      within: (drain_s * 1_500 + hasty_chain_ms) * patience,
      what: 'every answer has left',
    }).catch((error) => (late = error));
    const drained_s = (Date.now() - written) / 1_000;

    if (broken) traffics.forEach(spoil_the_record);
    const { text: metrics } = await server.request('/metrics');
    const outbox = outbox_rows();
    const rows = traffics.map((traffic) => ({
      channel: traffic.name,
      residents: traffic.people.length,
      webhooks: traffic.webhooks.length,
      'p50 ms': quantile(traffic.webhooks.map((one) => one.ms), 0.5),
      'p99 ms': quantile(traffic.webhooks.map((one) => one.ms), 0.99),
      ...figures_of(traffic, metrics, outbox),
    }));
    const webhooks = traffics.flatMap((traffic) => traffic.webhooks);
    const times = webhooks.map((one) => one.ms);
    const p99 = quantile(times, 0.99);
    print(rows);
    for (const { name, spoiled } of traffics) console.log(`# ${name} answered badly: ${JSON.stringify(spoiled)}`);
    console.log(
      `# ${webhooks.length} webhooks, p50 ${quantile(times, 0.5).toFixed(1)} ms, p99 ${p99.toFixed(1)} ms;` +
        ` the last answer left ${drained_s.toFixed(0)} s after the last webhook`,
    );

    const wrong = [];
    const need = (good, what) => good || wrong.push(what);
    const none = (column, what) => {
      for (const row of rows) need(row[column] === 0, `${row.channel}: ${row[column]} ${what}`);
    };
    const refused = webhooks.filter((one) => one.status !== 200);
    need(refused.length === 0, `${refused.length} webhooks were not answered 200 but ${refused[0]?.status}`);
    need(p99 <= p99_ms_most * patience, `p99 of the webhooks is ${p99.toFixed(0)} ms`);
    need(!late, late?.message);
    none('lost', 'messages were never answered and no answer waits');
    none('waiting', 'answers still wait');
    none('strange', 'answers fit no question of their resident');
    none('disordered', 'answers came out of order');
    none('doubled_unseen', 'answers came twice although the first was confirmed');
    for (const { name, watch } of traffics) {
      for (const [kind, { what }] of Object.entries(watch.worst))
        wrong.push(`${name}: ${watch.breaches[kind]} × ${what}`);
    }
    for (const row of rows)
      need(row.doubled <= row.may_repeat, `${row.channel}: ${row.doubled} doubled, ${row.may_repeat} counted`);
    for (const { channel, n } of outbox.filter((row) => row.state === 'dead'))
      wrong.push(`${channel}: ${n} answers were given up`);
    assert.deepEqual(wrong, []);
  },
  { within: (seconds * 1_000 + drain_s * 1_500 + hasty_chain_ms + 45_000) * patience },
);

async function after() {
  await end_all();
  for (const { peer } of traffics) peer.stop();
  assert.deepEqual(traffics.flatMap(({ peer }) => peer.violations).slice(0, 5), [], 'peers would have refused these');
}

await run('load', { before, after, hopeless: server_died });

// `sahut setup telegram` and `sahut setup whatsapp`: each failure that keeps a city's channel silent is provoked on the
// other side and must be named with its cure.

import assert from 'node:assert/strict';
import path from 'node:path';
import { city_folder, write } from './folders.mjs';
import { GraphPeer, words_of } from './graph_peer.mjs';
import { end_all, new_folder, new_phone, new_token, patience, sahut, Server, server_died, toml } from './harness.mjs';
import { wait_until } from './http.mjs';
import { TelegramBot, WhatsAppNumber } from './people.mjs';
import { PublicAddress } from './public_address.mjs';
import { run, test } from './runner.mjs';
import { TelegramPeer } from './telegram_peer.mjs';

const bot = new TelegramBot();
const number = new WhatsAppNumber();
let address;
let server;
let telegram;
let graph;

async function before() {
  address = await PublicAddress.start();
  telegram = await TelegramPeer.start(bot);
  graph = await GraphPeer.start(number);
  server = await Server.start({ folder: await city_folder(), config: config() });
  address.pass_to(server);
}

/** The configuration of a command: as the server's, but for what a test changes. */
function config({ server: server_keys = {}, tg = {}, wa = {}, channels } = {}) {
  return {
    server: { public_url: address.url, ...server_keys },
    channels: channels ?? {
      tg: bot.settings(telegram, tg),
      wa: number.settings(graph, { waba_id: graph.waba_id, ...wa }),
    },
  };
}

/** Runs `sahut setup ARGUMENTS…`; secrets of this run must not be in what it says. */
async function setup(args, { change, trust, data = server.folder, secrets = [] } = {}) {
  const file = write(new_folder(), 'sahut.toml', toml(config(change)));
  const done = await sahut(['setup', ...args, '--config', file, '--data', data], {
    env: address.env({ trust }),
    within: 90_000,
  });
  assert.equal(done.signal, null, done.stderr);
  const kept = [bot.bot_token, bot.secret_token, number.access_token, number.app_secret, number.verify_token];
  for (const text of kept) {
    if (!secrets.includes(text)) assert.ok(!(done.stdout + done.stderr).includes(text), 'a secret was printed');
  }
  return done;
}

/** One line of the report: FAIL or WARN with these words, its cure below with those. */
function told(done, status, what, cure) {
  const lines = done.stdout.split('\n');
  const at = lines.findIndex((line) => line.startsWith(status) && what.test(line));
  assert.ok(at >= 0, `no ${status} with ${what} in:\n${done.stdout}${done.stderr}`);
  if (cure) assert.match(lines[at + 1], cure);
}
function failed(done, what, cure) {
  told(done, 'FAIL', what, cure);
  assert.equal(done.status, 1, done.stdout);
}

// ---- Telegram

test('setup telegram tells Telegram where we are, with the secret and the kinds of updates, and looks again', async () => {
  telegram.webhook = null;
  const done = await setup(['telegram']);
  assert.equal(done.status, 0, done.stdout + done.stderr);
  assert.deepEqual(telegram.webhook, {
    url: `${address.url}/webhooks/tg`,
    secret_token: bot.secret_token,
    max_connections: 40,
    allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
  });
  told(done, 'OK', /token: Bot @sahut_uji_bot/);
  told(done, 'OK', /webhook: Webhook terpasang/);
  told(done, 'OK', /public_url: .*menjawab dari server ini/);
  assert.match(done.stdout, /3 OK, 0 WARN, 0 FAIL/);
  assert.equal((await setup(['telegram'])).status, 0, 'a second time');
});

test('setup telegram names each reason why nothing would arrive', async () => {
  const cases = {
    'a token nobody knows': [{ change: { tg: { bot_token: '1:AAAAAAAAAAAAA' } } }, /tidak mengenal token/, /@BotFather/],
    'no public address': [{ change: { server: { public_url: '' } } }, /alamat publik server belum diisi/, /polling.*tanpa ngrok/],
    'http instead of https': [
      { change: { server: { public_url: 'http://kota.example' } } },
      /memakai http, padahal Telegram hanya memanggil https/,
      /sertifikat/,
    ],
    'a port Telegram does not call': [{ change: { server: { public_url: `${address.url}:8080` } } }, /hanya memanggil porta/, /443/],
    'an address of the own network': [
      { change: { server: { public_url: 'https://192.168.1.5' } } },
      /hanya berlaku di jaringan sendiri/,
      /polling/,
    ],
    'Telegram out of reach': [{ change: { tg: { api_base: 'http://127.0.0.1:9' } } }, /tidak dapat dihubungi/, /443/],
  };
  for (const [name, [options, what, cure]] of Object.entries(cases)) {
    telegram.webhook = null;
    failed(await setup(['telegram'], options), what, cure);
    assert.equal(telegram.webhook, null, `${name}: nothing was registered`);
  }
  telegram.unresolvable = ['kota.example'];
  failed(await setup(['telegram']), /tidak menemukan nama host/, /DNS publik/);
  telegram.unresolvable = [];
});

test('setup telegram tells how deliveries fail, and how many messages wait behind it', async () => {
  const stuck = Array.from({ length: 7 }, (_, i) => ({ update_id: 90 + i, message: {} }));
  const failures = {
    'Wrong response from the webhook: 403 Forbidden': [/\(403\).*7 pesan menunggu/, /149\.154\.160\.0\/20/],
    'Wrong response from the webhook: 401 Unauthorized': [/\(401\).*secret_token/, /setup telegram/],
    'Wrong response from the webhook: 404 Not Found': [/\(404\)/, /proksi meneruskan \/webhooks\//],
    'Wrong response from the webhook: 502 Bad Gateway': [/tidak dapat menjawab/, /server berjalan/],
    'SSL error {error:0A000086:SSL routines::certificate verify failed}': [/tidak mempercayai sertifikat.*rantai/, /fullchain\.pem/],
    'Connection refused': [/Tidak ada yang menjawab/, /firewall/],
    'Connection timed out': [/tidak menjawab tepat waktu/, /beban/],
  };
  telegram.updates = stuck;
  for (const [message, [what, cure]] of Object.entries(failures)) {
    telegram.last_error = { at: Date.now() - 60_000, message };
    failed(await setup(['telegram']), what, cure);
  }
  // The same error with nothing waiting is history: what is registered now has not failed yet.
  telegram.updates = [];
  assert.equal((await setup(['telegram'])).status, 0);
  telegram.last_error = null;
});

test('setup telegram finds out when something else answers at the public address', async () => {
  address.another_site();
  failed(await setup(['telegram']), /halaman web biasa/, /meneruskan \/webhooks\//);
  address.pass_to(server);
  failed(await setup(['telegram'], { trust: false }), /tidak dipercaya/, /fullchain\.pem/);
  failed(
    await setup(['telegram'], { change: { channels: { lain: bot.settings(telegram) } } }),
    /tidak mengenal saluran ini/,
    /[Mm]ulai ulang server/,
  );
});

test('where a channel polls, setup telegram removes the webhook and keeps what waits', async () => {
  telegram.webhook = { url: 'https://lama.example/tg' };
  telegram.updates = [{ update_id: 1, message: {} }];
  const done = await setup(['telegram'], { change: { server: { public_url: '' }, tg: { mode: 'polling' } } });
  assert.equal(done.status, 0, done.stdout + done.stderr);
  assert.equal(telegram.webhook, null);
  assert.equal(telegram.updates.length, 1, 'residents wrote it');
  told(done, 'OK', /Webhook dilepas; pesan yang menunggu tetap disimpan/);
  told(done, 'OK', /Mode polling/);
  telegram.updates = [];
});

test('setup asks which channel, and says when there is none', async () => {
  const two = { tg: bot.settings(telegram), cadangan: bot.settings(telegram) };
  const which = await setup(['telegram'], { change: { channels: two } });
  assert.equal(which.status, 2);
  assert.match(which.stderr, /several telegram channels\. Give one of: cadangan, tg/);
  const unknown = await setup(['telegram', '--channel', 'lain'], { change: { channels: two } });
  assert.equal(unknown.status, 2);
  assert.match(unknown.stderr, /no telegram channel `lain`/);
  const none = await setup(['telegram'], { change: { channels: { web: { kind: 'webchat' } } } });
  assert.equal(none.status, 1);
  assert.match(none.stderr, /no telegram channel is configured.*config example/);
  assert.equal((await sahut(['setup'])).status, 2);
  assert.equal((await sahut(['setup', 'sms'])).status, 2);
});

// ---- WhatsApp

/** Runs with Meta's side as it is after set_up(), but for what `change` does to it. */
async function at_meta(change, args = ['whatsapp'], options = {}) {
  graph.set_up();
  graph.callback_url = `${address.url}/webhooks/wa`;
  change(graph);
  try {
    return await setup(args, options);
  } finally {
    graph.set_up();
  }
}

test('setup whatsapp says what to enter at Meta, subscribes the app and tries the handshake itself', async () => {
  let subscribed;
  const done = await at_meta((peer) => (subscribed = peer.subscribed));
  assert.equal(done.status, 0, done.stdout + done.stderr);
  assert.match(done.stdout, /Callback URL +https:\/\/kota\.example\/webhooks\/wa\n/);
  assert.match(done.stdout, /Verify token +\(disembunyikan/);
  assert.deepEqual(subscribed, [graph.app_id]);
  told(done, 'OK', /token: Token akses dikenal Meta\. Masa berlakunya tidak terbatas/);
  told(done, 'OK', /number: Nomor \+62 542 7000001 \(Layanan Kota Uji\)/);
  told(done, 'OK', /subscription/);
  told(done, 'OK', /callback: Callback URL di Meta menuju server ini/);
  told(done, 'OK', /public_url/);
  told(done, 'WARN', /Belum pernah ada kiriman/, /centang "messages"/);
  const shown = await at_meta(() => {}, ['whatsapp', '--show-secrets'], { secrets: [number.verify_token] });
  assert.ok(shown.stdout.includes(`Verify token   ${number.verify_token}\n`));
});

test('setup whatsapp names what is wrong at Meta', async () => {
  const soon = () => Math.floor(Date.now() / 1000) + 3 * 24 * 3600;
  const cases = [
    [(peer) => (peer.expired = true), /kedaluwarsa/, /system user/],
    [(peer) => (peer.token.is_valid = false), /tidak menerima token/, /system user/],
    [(peer) => (peer.token.scopes = ['whatsapp_business_messaging']), /tidak punya izin: whatsapp_business_management/, /izin/],
    [(peer) => (peer.number.status = 'PENDING'), /belum terdaftar di Cloud API/, /PIN/],
    [(peer) => (peer.number.error = 133010), /belum terdaftar di Cloud API/, /PIN/],
    [(peer) => (peer.number.status = 'BANNED'), /memblokir nomor ini/, /Account quality/],
    [(peer) => (peer.number.error = 131031), /dikunci/, /peninjauan/],
    [(peer) => (peer.callback_url = ''), /belum ada callback URL/, /verify token/],
    [(peer) => (peer.callback_url = 'https://lama.example/x'), /ke server lain: https:\/\/lama\.example\./, /kota\.example\/webhooks\/wa/],
    [
      (peer) =>
        (peer.number.health_status = {
          can_send_message: 'BLOCKED',
          entities: [
            {
              entity_type: 'WABA',
              can_send_message: 'BLOCKED',
              errors: [{ error_code: 141006, error_description: 'There is an error with the payment method.' }],
            },
          ],
        }),
      /pembayaran/,
      /Billing/,
    ],
  ];
  for (const [change, what, cure] of cases) failed(await at_meta(change), what, cure);
  const warned = [
    [(peer) => (peer.token.expires_at = soon()), /berakhir dalam [23] hari/, /permanen/],
    [(peer) => (peer.number.quality_rating = 'RED'), /rendah \(merah\)/, /balasan/],
    [(peer) => (peer.used_version = 'v26.0'), /versi v26\.0, bukan v25\.0/, /api_base/],
  ];
  for (const [change, what, cure] of warned) {
    const done = await at_meta(change);
    told(done, 'WARN', what, cure);
    assert.equal(done.status, 0, done.stdout);
  }
});

test('setup whatsapp names what is wrong in the configuration', async () => {
  const cases = [
    [{ wa: { access_token: 'EAAGsalah' } }, /tidak menerima token/, /access_token/],
    [{ wa: { phone_number_id: '999' } }, /phone_number_id ini tidak ada/, /Phone number ID/],
    [{ wa: { waba_id: '999' } }, /waba_id ini tidak ada/, /WhatsApp Business Account ID/],
    [{ wa: { api_base: graph.api_base.replace('v25.0', 'v12.0') } }, /sudah tidak dilayani/, /api_base/],
    [{ server: { public_url: '' } }, /alamat publik server belum diisi/i, /public_url/],
    [{ server: { public_url: 'http://kota.example' } }, /memakai http, padahal Meta/, /sertifikat/],
    [{ server: { public_url: `${address.url}/+62` } }, /tanda \+/, /tanpa tanda/],
    [{ wa: { api_base: 'http://127.0.0.1:9/v25.0' } }, /tidak dapat dihubungi/, /443/],
  ];
  for (const [change, what, cure] of cases) failed(await at_meta(() => {}, ['whatsapp'], { change }), what, cure);
  const done = await at_meta(() => {}, ['whatsapp'], { change: { wa: { waba_id: '' } } });
  told(done, 'WARN', /waba_id belum diisi/, /waba_id/);
});

test(
  'setup whatsapp explains every wrong answer of our own public address',
  async () => {
    const cases = [
      [() => address.another_site(), /halaman web biasa/, /\/webhooks\//],
      [() => address.firewall(), /firewall web seperti Cloudflare/, /pemeriksaan robot/],
      [() => address.not_found(), /tidak ditemukan \(404\)/, /meneruskan/],
      [() => address.redirect(), /mengalihkan/, /alamat akhir/],
      [() => address.login(), /kata sandi/, /Kecualikan/],
      [() => address.nothing_behind(), /server di baliknya tidak/, /Jalankan server/],
      [() => address.change_answers_of(server), /berubah di perjalanan/, /proksi/],
      [() => address.silent(), /dalam 6 detik/, /firewall/],
    ];
    for (const [behave, what, cure] of cases) {
      behave();
      failed(await at_meta(() => {}), what, cure);
    }
    address.pass_to(server);
    failed(await at_meta(() => {}, ['whatsapp'], { change: { wa: { verify_token: new_token() } } }), /verify_token lain/, /ulang server/);
    failed(await at_meta(() => {}, ['whatsapp'], { trust: false }), /rantainya tidak lengkap/, /fullchain\.pem/);
  },
  { within: 120_000 },
);

test('a test message is sent, and its status is waited for', async () => {
  const phone = new_phone();
  const running = at_meta(() => {}, ['whatsapp', '--to', `+${phone}`]);
  const call = await wait_until(() => graph.to({ phone })[0], { within: 30_000 * patience, what: 'the test message' });
  assert.match(words_of(call), /Pesan uji/);
  const answer = await number.post(server, number.status(call.id, 'delivered', { phone }));
  assert.equal(answer.status, 200);
  const done = await running;
  told(done, 'OK', /Pesan uji sampai: delivered/);
  assert.equal(done.status, 0, done.stdout);
});

test('a test message that fails says why', async () => {
  const phone = new_phone();
  graph.fault = () => ({ code: 131047, message: 'Re-engagement message' });
  failed(await at_meta(() => {}, ['whatsapp', '--to', phone]), /24 jam/, /kirim satu pesan apa saja/);
  graph.fault = () => undefined;

  const running = at_meta(() => {}, ['whatsapp', '--to', phone]);
  const call = await wait_until(() => graph.to({ phone })[0], { within: 30_000 * patience, what: 'the test message' });
  const errors = [{ code: 131042, title: 'x', error_data: { details: 'Business eligibility payment issue' } }];
  await number.post(server, number.status(call.id, 'failed', { phone, errors }));
  failed(await running, /tidak dapat diantar: Business eligibility payment issue/, /Perbaiki/);
});

test(
  'a test message of which nothing is heard says where to look',
  async () => {
    failed(await at_meta(() => {}, ['whatsapp', '--to', new_phone()]), /tidak ada kabar/, /"messages"/);
  },
  { within: 90_000 },
);

test('a test message needs a number, and a store its status can come to', async () => {
  const wrong = await setup(['whatsapp', '--to', 'Budi']);
  assert.equal(wrong.status, 2);
  assert.match(wrong.stderr, /--to: this is not a phone number/);
  const nowhere = await setup(['whatsapp', '--to', new_phone()], { data: path.join(new_folder(), 'tidak-ada') });
  assert.equal(nowhere.status, 1);
  assert.match(nowhere.stderr, /no database.*Start the server first/);
});

async function after() {
  await end_all();
  address.stop();
  telegram.stop();
  graph.stop();
  const about_tokens = /token/; // wrong ones were tried on purpose
  assert.deepEqual(telegram.violations.filter((one) => !about_tokens.test(one)), []);
  assert.deepEqual(graph.violations.filter((one) => !about_tokens.test(one)), []);
}

await run('setup', { before, after, hopeless: server_died });

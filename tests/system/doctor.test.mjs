// `sahut doctor`: a healthy city, and one after another everything that goes wrong with one.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { city_folder, contents, database, write } from './folders.mjs';
import { GraphPeer } from './graph_peer.mjs';
import { add_user, binary, end_all, new_folder, new_token, sahut, sahut_ok, Server, server_died, toml } from './harness.mjs';
import { TelegramBot, WhatsAppNumber } from './people.mjs';
import { PublicAddress } from './public_address.mjs';
import { run, test } from './runner.mjs';
import { TelegramPeer } from './telegram_peer.mjs';

const bot = new TelegramBot();
const number = new WhatsAppNumber();
const local_date = (days) =>
  new Date(Date.now() + days * 24 * 3600_000).toLocaleDateString('sv-SE', { timeZone: 'Asia/Makassar' });
let address;
let telegram;
let graph;

async function before() {
  address = await PublicAddress.start();
  telegram = await TelegramPeer.start(bot);
  graph = await GraphPeer.start(number);
  graph.callback_url = `${address.url}/webhooks/wa`;
  graph.subscribed = [graph.app_id];
  telegram.webhook = { url: `${address.url}/webhooks/tg` };
}

const healthy = () => ({
  server: { public_url: address.url, trusted_proxies: '127.0.0.1' },
  channels: { tg: bot.settings(telegram), wa: number.settings(graph, { waba_id: graph.waba_id }) },
});

/** A folder with a city, its entries, an admin and a backup of just now. */
async function complete_folder() {
  const folder = await city_folder();
  await add_user(folder, 'admin', 'admin');
  await sahut_ok(['backup', path.join(new_folder(), 'cadangan.db'), '--data', folder]);
  return folder;
}

/** Runs `sahut doctor --json`; gives the report with its exit status. */
async function doctor(folder, { config, env = {} } = {}) {
  const file = config && write(new_folder(), 'sahut.toml', toml(config));
  if (file) fs.chmodSync(file, 0o600);
  const args = ['doctor', '--json', '--data', folder, ...(file ? ['--config', file] : [])];
  const done = await sahut(args, { env: { ...address.env(), ...env }, within: 90_000 });
  assert.equal(done.signal, null, done.stderr);
  assert.equal(done.stderr, '');
  for (const text of [bot.bot_token, bot.secret_token, number.access_token, number.verify_token, number.app_secret])
    assert.ok(!done.stdout.includes(text), 'a secret was printed');
  const report = JSON.parse(done.stdout);
  for (const status of ['ok', 'warn', 'fail'])
    assert.equal(report[status], report.checks.filter((check) => check.status === status).length, status);
  for (const check of report.checks) {
    assert.deepEqual(Object.keys(check), ['name', 'status', 'what', 'cure']);
    assert.equal(check.cure === '', check.status === 'ok', JSON.stringify(check));
  }
  assert.equal(done.status, report.fail > 0 ? 1 : 0);
  return { ...report, status: done.status };
}

function has(report, name, status, what, cure) {
  const check = report.checks.find((one) => one.name === name && what.test(one.what));
  assert.ok(check, `no ${name} with ${what} in ${JSON.stringify(report.checks, null, 1)}`);
  assert.equal(check.status, status, check.what);
  if (cure) assert.match(check.cure, cure);
}

const sql = (folder, words) => execFileSync('sqlite3', [database(folder), words]);

// ---- a healthy city

test('a healthy city has nothing to mend, beside the running server and after it stopped', async () => {
  const server = await Server.start({ folder: await complete_folder(), config: healthy() });
  address.pass_to(server);
  const env = { SAHUT_SERVER_LISTEN: `127.0.0.1:${server.port}` };
  // Somebody wrote in each channel: otherwise it is worth a word that nobody ever did.
  sql(
    server.folder,
    `INSERT INTO contact (id, channel, address, name, created_at) VALUES (1, 'wa', '1', '', 1);
     INSERT INTO conversation (id, contact_id, channel, state, bot_memory, opened_at, updated_at, last_inbound_at)
     VALUES (1, 1, 'wa', 'resolved', '{}', 1, 1, 1)`,
  );
  const report = await doctor(server.folder, { config: healthy(), env });
  // How much disk and how many files this machine gives is no matter of the city's.
  const machine = ['disk', 'open_files'];
  assert.deepEqual(
    report.checks.filter((check) => check.status !== 'ok' && !machine.includes(check.name)),
    [],
  );
  for (const name of [
    ...['configuration', 'data_folder', 'file_modes', 'disk', 'database', 'wal', 'backup', 'knowledge', 'review'],
    ...['accounts', 'outbox', 'media', 'open_files', 'server', 'public_url', 'proxies', 'clock'],
    ...['channel.tg.token', 'channel.tg.webhook', 'channel.wa.token', 'channel.wa.number', 'channel.wa.subscription'],
    ...['channel.wa.callback', 'channel.wa.public_url'],
  ])
    assert.ok(
      report.checks.some((check) => check.name === name),
      name,
    );

  const file = write(new_folder(), 'sahut.toml', toml(healthy()));
  fs.chmodSync(file, 0o600);
  const text = await sahut(['doctor', '--data', server.folder, '--config', file], { env: { ...address.env(), ...env } });
  assert.match(text.stdout, /^OK {4}configuration: Konfigurasi sah\./);
  assert.match(text.stdout, /\n\d+ OK, \d WARN, 0 FAIL\n$/);

  await server.stop();
  const before_it = contents(server.folder);
  const stopped = await doctor(server.folder, { config: healthy(), env });
  has(stopped, 'server', 'warn', /tidak berjalan/, /sahut serve/);
  has(stopped, 'public_url', 'fail', /server di baliknya tidak/, /Jalankan server/);
  has(stopped, 'database', 'ok', /utuh/);
  assert.equal(contents(server.folder), before_it, 'it changes nothing');
});

test('a fresh folder says what is still to be done', async () => {
  const nowhere = path.join(new_folder(), 'belum-ada');
  const report = await doctor(nowhere);
  has(report, 'data_folder', 'fail', /tidak ada/, /--data/);
  assert.ok(!fs.existsSync(nowhere), 'it makes nothing');
  const empty = await doctor(new_folder());
  has(empty, 'database', 'fail', /Belum ada basis data/, /sahut serve/);

  const city = await doctor(await city_folder());
  has(city, 'accounts', 'fail', /Belum ada akun admin/, /user add/);
  has(city, 'backup', 'warn', /Belum pernah ada cadangan/, /sahut backup/);
  has(city, 'public_url', 'warn', /belum diisi/);
  has(city, 'channels', 'ok', /hanya obrolan web/);
});

// ---- the data

test('answers past their dates, a forgotten backup and dead letters are told', async () => {
  const folder = await complete_folder();
  const edit = (id, field, value) =>
    `UPDATE entry_revision SET document = json_set(document, '$.${field}', '${value}') WHERE entry_id = '${id}';`;
  sql(
    folder,
    `${edit('ktp-hilang', 'review_by', local_date(-1))} ${edit('imunisasi', 'valid_until', local_date(-1))}
     ${edit('ktp-hilang', 'valid_until', local_date(0))}
     UPDATE setting SET value = json_set(value, '$.at', ${Date.now() - 5 * 24 * 3600_000}) WHERE name = 'last_backup';
     INSERT INTO outbox (id, channel, contact_id, kind, payload, state, attempts, ready_at, created_at, error)
     VALUES (1, 'wa', 1, 'message', '', 'dead', 3, 0, 0, 'refused: 131026'),
            (2, 'tg', 2, 'message', '', 'waiting', 3, 0, ${Date.now() - 3600_000}, '')`,
  );
  const report = await doctor(folder);
  has(report, 'review', 'warn', /^1 jawaban melewati tanggal tinjau: ktp-hilang\./, /\/admin/);
  has(report, 'expired', 'warn', /^1 jawaban habis.*: imunisasi\./, /\/admin/);
  has(report, 'backup', 'warn', /berumur 5 hari/, /setiap hari/);
  has(report, 'dead_letters', 'warn', /1 pesan di saluran wa.*131026/, /Petugas/);
  has(report, 'outbox', 'warn', /saluran tg menunggu.*60 menit/, /server berjalan/);
  assert.equal(report.status, 0, 'warnings alone are no failure');
});

test('a backup that is no longer where it was is told, and a fresh one is well', async () => {
  const folder = await complete_folder();
  const file = path.join(new_folder(), 'dua.db');
  await sahut_ok(['backup', file, '--data', folder]);
  const good = await doctor(folder);
  has(good, 'backup', 'ok', new RegExp(`0 jam yang lalu: ${file}`));
  fs.rmSync(file);
  has(await doctor(folder), 'backup', 'warn', /tidak ada lagi/, /mesin lain/);
});

test('a damaged, foreign or newer database is told, and nothing is changed', async () => {
  const garbage = new_folder();
  write(garbage, 'sahut.db', 'bukan basis data'.repeat(500));
  has(await doctor(garbage), 'database', 'fail', /rusak/, /restore/);

  const torn = await complete_folder();
  const bytes = fs.readFileSync(database(torn));
  bytes.fill(0x5a, 8192, 60_000);
  fs.writeFileSync(database(torn), bytes);
  has(await doctor(torn), 'database', 'fail', /rusak/, /restore/);

  const foreign = new_folder();
  execFileSync('sqlite3', [path.join(foreign, 'sahut.db'), 'CREATE TABLE lain (x)']);
  has(await doctor(foreign), 'database', 'fail', /bukan basis data Sahut/, /--data/);

  const newer = await complete_folder();
  sql(newer, "INSERT INTO schema_migration (version, name, applied_at) VALUES (999, 'nanti', 0)");
  has(await doctor(newer), 'database', 'fail', /versi 999 lebih baru/, /program yang lebih baru/);
});

test('a log that never shrinks and a low limit of open files are told', async () => {
  const folder = await complete_folder();
  fs.writeFileSync(`${database(folder)}-wal`, '', { mode: 0o600 });
  fs.truncateSync(`${database(folder)}-wal`, 300 * 1024 * 1024); // a hole: it takes no space
  has(await doctor(folder), 'wal', 'warn', /sampai 300 MiB/, /ulang server/);
  const command = ['-c', 'ulimit -Sn 512 && exec "$0" "$@"', binary, 'doctor', '--json', '--data', folder];
  const report = JSON.parse(execFileSync('sh', command, { encoding: 'utf8' }));
  has(report, 'open_files', 'warn', /hanya 512/, /LimitNOFILE/);
});

test('folders and files that other people may read are told', async () => {
  const folder = await complete_folder();
  fs.chmodSync(folder, 0o755);
  fs.chmodSync(database(folder), 0o644);
  write(folder, 'demo-accounts.json', '[]');
  const report = await doctor(folder);
  has(report, 'data_folder', 'warn', /dapat membaca folder/, /chmod 700/);
  has(report, 'file_modes', 'fail', /sahut\.db/, /chmod 600/);
  has(report, 'file_modes', 'warn', /Akun contoh/, /user disable/);

  const file = write(new_folder(), 'sahut.toml', toml(healthy()));
  fs.chmodSync(file, 0o644);
  const done = await sahut(['doctor', '--json', '--data', folder, '--config', file], { env: address.env() });
  has(JSON.parse(done.stdout), 'file_modes', 'fail', /sahut\.toml/, /chmod 600/);
});

// ---- around it

test('a configuration that cannot be used does not keep the rest from being looked at', async () => {
  const folder = await complete_folder();
  const report = await doctor(folder, { config: { server: { publik_url: 'x' } } });
  has(report, 'configuration', 'fail', /publik_url/, /config check/);
  has(report, 'database', 'ok', /utuh/);
  const { verify_token: _, ...without } = number.settings(graph);
  const channel = await doctor(folder, { config: { channels: { wa: without } } });
  has(channel, 'channels', 'fail', /channels\.wa\.verify_token/, /config check/);
  const store = await doctor(folder, { config: { store: { url: 'mysql://x' } } });
  has(store, 'database', 'fail', /\[store\] url/, /sqlite:sahut\.db/);
});

test('plain http, forgotten proxies and a stranger at the listening address are told', async () => {
  const folder = await complete_folder();
  const stranger = http.createServer((_, answer) => answer.end('<html>'));
  await new Promise((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${stranger.address().port}`;
  const report = await doctor(folder, { config: { server: { public_url: url, listen: url.slice(7) } } });
  has(report, 'server', 'fail', /bukan Sahut/, /listen/);
  has(report, 'public_url', 'warn', /memakai http/, /https/);
  stranger.removeAllListeners('request');
  stranger.on('request', (_, answer) => {
    answer.writeHead(503, { 'Content-Type': 'application/json' });
    answer.end('{"ready":false,"checks":{"store_writable":false}}');
  });
  const unready = await doctor(folder, { config: { server: { listen: url.slice(7) } } });
  has(unready, 'server', 'fail', /belum siap.*store_writable/, /log server/);
  stranger.close();
  address.another_site();
  const page = await doctor(folder, { config: { server: { public_url: address.url } } });
  has(page, 'public_url', 'fail', /halaman web biasa/);
  has(page, 'proxies', 'warn', /trusted_proxies kosong/, /127\.0\.0\.1/);
});

test("a clock that goes wrong is seen by the peers' clocks", async () => {
  const folder = await complete_folder();
  const config = { channels: { wa: number.settings(graph) } };
  graph.clock_offset_ms = -120_000;
  has(await doctor(folder, { config }), 'clock', 'warn', /berselisih 1[12]\d detik dari jam wa/, /set-ntp/);
  graph.clock_offset_ms = 3600_000;
  has(await doctor(folder, { config }), 'clock', 'fail', /Jam mesin ini salah/, /set-ntp/);
  graph.clock_offset_ms = 0;
});

test('channels whose other side is in trouble fail by name', async () => {
  const folder = await complete_folder();
  address.another_site();
  telegram.webhook = null;
  graph.subscribed = [];
  const report = await doctor(folder, { config: healthy() });
  has(report, 'channel.tg.webhook', 'fail', /Webhook belum terpasang/, /setup telegram/);
  has(report, 'channel.wa.subscription', 'fail', /belum berlangganan.*tidak ada pesan yang datang/, /setup whatsapp/);
  telegram.webhook = { url: 'https://lama.example/rahasia' };
  has(await doctor(folder, { config: healthy() }), 'channel.tg.webhook', 'fail', /server lain: https:\/\/lama\.example/);
  const polling = { channels: { tg: bot.settings(telegram, { mode: 'polling' }) } };
  has(await doctor(folder, { config: polling }), 'channel.tg.webhook', 'fail', /\(409\)/, /setup telegram/);
  telegram.webhook = { url: `${address.url}/webhooks/tg` };
  graph.subscribed = [graph.app_id];
});

test('the sessions of the gateways are asked for, each in its own words', async () => {
  const folder = await complete_folder();
  const key = new_token();
  let answers = {};
  const gateway = http.createServer((request, answer) => {
    const found = Object.entries(answers).find(([start]) => `${request.method} ${request.url}` === start);
    const good = [request.headers['x-api-key'], request.headers.apikey, request.headers.authorization].includes(key);
    const [status, body] = !good ? [401, { message: 'Unauthorized' }] : (found?.[1] ?? [404, { message: 'none' }]);
    answer.writeHead(status, { 'Content-Type': 'application/json' });
    answer.end(JSON.stringify(body));
  });
  await new Promise((resolve) => gateway.listen(0, '127.0.0.1', resolve));
  const settings = (profile, more) => ({
    kind: 'gateway',
    profile,
    secret: new_token(),
    api_base: `http://127.0.0.1:${gateway.address().port}`,
    api_key: key,
    ...more,
  });
  const config = {
    channels: { waha: settings('waha'), evo: settings('evolution', { instance: 'kota' }), fonnte: settings('fonnte') },
  };
  answers = {
    'GET /api/sessions/default': [200, { name: 'default', status: 'SCAN_QR_CODE' }],
    'GET /instance/connectionState/kota': [200, { instance: { instanceName: 'kota', state: 'close' } }],
    'POST /device': [200, { device_status: 'disconnect', quota: '10', status: true }],
  };
  const down = await doctor(folder, { config });
  has(down, 'channel.waha.session', 'fail', /kode QR menunggu/, /pindai/);
  has(down, 'channel.evo.session', 'fail', /tidak terhubung ke WhatsApp/, /pindai/);
  has(down, 'channel.fonnte.session', 'fail', /tidak terhubung ke WhatsApp/, /pindai/);
  has(down, 'channel.fonnte.callback', 'fail', /alamat publik server belum diisi/i, /RAHASIA/);
  answers = {
    'GET /api/sessions/default': [200, { name: 'default', status: 'WORKING' }],
    'POST /device': [200, { reason: 'token invalid', status: false }],
  };
  const up = await doctor(folder, { config });
  has(up, 'channel.waha.session', 'ok', /terhubung/);
  has(up, 'channel.evo.session', 'fail', /tidak mengenal sesi/, /instance/);
  has(up, 'channel.fonnte.session', 'fail', /menolak kunci/, /kunci/);
  const wrong = { channels: { waha: settings('waha', { api_key: 'salah' }) } };
  has(await doctor(folder, { config: wrong }), 'channel.waha.session', 'fail', /menolak kunci/, /Salin lagi/);
  gateway.close();
});

async function after() {
  await end_all();
  address.stop();
  telegram.stop();
  graph.stop();
  assert.deepEqual(telegram.violations, []);
  assert.deepEqual(graph.violations, []);
}

await run('doctor', { before, after, hopeless: server_died });

// The program as whoever runs it meets it: what it refuses and how it says so, its commands, how it ends.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { add_user, end_all, fill, fixtures, free_port, new_folder, new_password, new_token, sahut, sahut_ok, secret, Server, toml, server_died } from './harness.mjs';
import { GraphPeer } from './graph_peer.mjs';
import { request, wait_until } from './http.mjs';
import { Person, WebResident, WhatsAppNumber, WhatsAppResident } from './people.mjs';
import { run, test } from './runner.mjs';

const digest = (file) => createHash('sha256').update(fs.readFileSync(file)).digest('hex');
const write = (folder, name, text) => {
  const file = path.join(folder, name);
  fs.writeFileSync(file, text);
  return file;
};
const database = (folder) => path.join(folder, 'sahut.db');
/** All rows of the database as text: what "nothing changed" means. */
const contents = (folder) => execFileSync('sqlite3', ['-readonly', database(folder), '.dump'], { maxBuffer: 64 << 20 }).toString();

/** It ended with 1 and said why in one sentence of the house, with the cure, and without a stack or a secret. */
function refused(done, { says, cure, lines = 1 }) {
  assert.equal(done.signal, null, `it was ended by ${done.signal}: ${done.stderr}`);
  assert.equal(done.status, 1, `exit ${done.status}: ${done.stdout}${done.stderr}`);
  const said = done.stderr.trim().split('\n').filter((line) => line.startsWith('sahut: '));
  assert.equal(said.length, lines, `said in ${said.length} sentences: ${done.stderr}`);
  for (const pattern of [says].flat()) assert.match(done.stderr, pattern);
  assert.match(done.stderr, cure);
  assert.ok(!/terminate called|what\(\)|std::|Traceback|\.cpp:/.test(done.stderr), done.stderr);
}

const serve = (folder, more = [], options) => sahut(['serve', '--data', folder, '--listen', '127.0.0.1:0', ...more], { within: 20_000, ...options });
let filled; // a data folder with the small city, copied by those who change it
function copy_of_filled() {
  const folder = new_folder();
  fs.cpSync(filled, folder, { recursive: true });
  return folder;
}

async function before() {
  filled = new_folder();
  await fill(filled);
}

// ---- what it refuses

test('an unknown key of the configuration is named with its line and the key that was meant', async () => {
  const folder = new_folder();
  const config = write(folder, 'sahut.toml', '[server]\n\nlisen = "127.0.0.1:0"\n');
  const data = path.join(folder, 'data');
  refused(await serve(data, ['--config', config]), { says: [/lisen/, /line 3/], cure: /listen/ });
  assert.ok(!fs.existsSync(data), 'nothing was made');
});

test('every mistake of a configuration is said at once, each with its place', async () => {
  const folder = new_folder();
  const config = write(folder, 'sahut.toml', '[server]\nthreads = "banyak"\n[sever]\nx = 1\n[channels.wa]\nkind = "whatapp"\n');
  refused(await serve(folder, ['--config', config]), { says: [/threads/, /sever/, /whatapp/], cure: /whatsapp/, lines: 3 });
});

test('a file that is no TOML, and one that is not there, are said so', async () => {
  const folder = new_folder();
  const config = write(folder, 'sahut.toml', '[server\nlisten = 1');
  refused(await serve(folder, ['--config', config]), { says: [/sahut\.toml/, /line/], cure: /./ });
  refused(await serve(folder, ['--config', path.join(folder, 'tidak-ada.toml')]), { says: /tidak-ada\.toml/, cure: /path|permission/i });
});

test('a channel without its secret does not start', async () => {
  const whole = {
    whatsapp: { kind: 'whatsapp', phone_number_id: '1234567890', access_token: new_token(), app_secret: new_token(), verify_token: new_token() },
    telegram: { kind: 'telegram', bot_token: secret(`123456:${new_token()}`), secret_token: new_token() },
    gateway: { kind: 'gateway', profile: 'waha', secret: new_token(), api_base: 'http://127.0.0.1:1', api_key: new_token(), session: 'default' },
  };
  for (const [kind, key] of [['whatsapp', 'app_secret'], ['whatsapp', 'verify_token'], ['whatsapp', 'access_token'], ['telegram', 'secret_token'], ['telegram', 'bot_token'], ['gateway', 'secret']]) {
    for (const value of [undefined, '']) {
      const keys = { ...whole[kind], [key]: value };
      if (value === undefined) delete keys[key];
      const folder = new_folder();
      const config = write(folder, 'sahut.toml', toml({ channels: { kanal: keys } }));
      const done = await serve(path.join(folder, 'data'), ['--config', config]);
      refused(done, { says: [/kanal/, new RegExp(key)], cure: /\S+/ });
      for (const other of Object.values(whole[kind])) if (other.length > 20) assert.ok(!done.stderr.includes(other), 'it tells a secret');
    }
  }
});

test('a secret may stand in a file of its own; one that cannot be read is named', async () => {
  const folder = new_folder();
  const token = new_token();
  const file = write(folder, 'app_secret', `${token}\n`);
  const keys = { kind: 'whatsapp', phone_number_id: '1234567890', access_token: new_token(), verify_token: new_token(), app_secret_file: file };
  const config = write(folder, 'sahut.toml', toml({ channels: { wa: keys } }));
  const server = await Server.start({ folder: path.join(folder, 'data'), args: ['--config', config] });
  const number = new WhatsAppNumber({ phone_number_id: '1234567890', app_secret: token, verify_token: '', access_token: '' });
  const resident = new WhatsAppResident(number);
  assert.equal((await number.post(server, resident.delivery(resident.message('reaction', {})))).status, 200, 'the line end is no part of it');
  await server.stop();
  write(folder, 'sahut.toml', toml({ channels: { wa: { ...keys, app_secret_file: path.join(folder, 'tidak-ada') } } }));
  refused(await serve(folder, ['--config', config]), { says: /tidak-ada/, cure: /./ });
});

test('a port in use is said with the way out, and the data stay as they were', async () => {
  const folder = copy_of_filled();
  const before_it = contents(folder);
  const other = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address();
  refused(await sahut(['serve', '--data', folder, '--listen', `127.0.0.1:${port}`], { within: 20_000 }), { says: [new RegExp(String(port)), /in use/], cure: /--listen/ });
  other.close();
  assert.equal(contents(folder), before_it);
});

test('an address that is none is said so', async () => {
  for (const listen of ['8080', 'halo:80', '127.0.0.1:99999', '300.1.1.1:80']) {
    const done = await sahut(['serve', '--data', new_folder(), '--listen', listen], { within: 20_000 });
    refused(done, { says: /./, cure: /127\.0\.0\.1/ });
  }
});

test('a data folder that cannot be written is said so', async () => {
  const folder = new_folder();
  const file = write(folder, 'berkas', 'x');
  refused(await serve(path.join(file, 'data')), { says: /berkas/, cure: /--data/ });
  if (process.getuid() !== 0) {
    const closed = path.join(folder, 'tertutup');
    fs.mkdirSync(closed, { mode: 0o500 });
    refused(await serve(closed), { says: /tertutup/, cure: /--data/ });
  }
});

test('a newer database, a foreign one, and a damaged one are left exactly as they are', async () => {
  const cases = {
    newer: (folder) => execFileSync('sqlite3', [database(folder), "INSERT INTO schema_migration VALUES (9999, '9999_later.sql', 0)"]),
    foreign: (folder) => {
      fs.rmSync(database(folder));
      execFileSync('sqlite3', [database(folder), 'CREATE TABLE resep (nama TEXT); INSERT INTO resep VALUES (\'soto\')']);
    },
    'with a damaged page': (folder) => {
      const bytes = fs.readFileSync(database(folder));
      bytes.fill(0x5a, 4096 * 3, 4096 * 6);
      fs.writeFileSync(database(folder), bytes);
    },
    'with a damaged beginning': (folder) => {
      const bytes = fs.readFileSync(database(folder));
      bytes.fill(0x5a, 0, 100);
      fs.writeFileSync(database(folder), bytes);
    },
  };
  const expected = {
    newer: { says: /9999/, cure: /[Ii]nstall|newer|restore/ },
    foreign: { says: /not one of Sahut|foreign/, cure: /--data/ },
    'with a damaged page': { says: /damaged/, cure: /restore/ },
    'with a damaged beginning': { says: /damaged|not a database/, cure: /restore/ },
  };
  for (const [name, harm] of Object.entries(cases)) {
    const folder = copy_of_filled();
    harm(folder);
    const before_it = digest(database(folder));
    refused(await serve(folder), expected[name]);
    assert.equal(digest(database(folder)), before_it, `the database ${name} was changed`);
  }
});

test('a second server on the same data folder is refused, the first goes on', async () => {
  const server = await Server.start({ folder: copy_of_filled() });
  refused(await serve(server.folder), { says: /already running|in use/, cure: /--data|[Ss]top/ });
  assert.equal((await server.request('/readyz')).status, 200);
  await server.stop();
});

test('a wrong call is 2, with the usage', async () => {
  for (const args of [[], ['sajikan'], ['serve', '--tidak-ada'], ['ask'], ['user', 'add'], ['user', 'add', 'x', '--role', 'raja'], ['knowledge'], ['knowledge', 'import']]) {
    const done = await sahut(args);
    assert.equal(done.status, 2, `sahut ${args.join(' ')}: ${done.status}`);
    assert.ok((done.stderr + done.stdout).length > 20);
  }
  for (const args of [['--help'], ['serve', '--help'], ['knowledge', 'import', '--help']]) {
    const done = await sahut(args);
    assert.equal(done.status, 0);
    assert.match(done.stdout, /--|Usage/i);
  }
});

// ---- how it ends

test('SIGTERM under load: 0, quickly, and nothing that was acknowledged is lost', async () => {
  const number = new WhatsAppNumber({ app_secret: new_token(), verify_token: new_token(), access_token: new_token('EAAG') });
  const peer = await GraphPeer.start(number);
  const server = await Server.start({
    folder: copy_of_filled(),
    config: { channels: { wa: { kind: 'whatsapp', phone_number_id: number.phone_number_id, access_token: number.access_token, app_secret: number.app_secret, verify_token: number.verify_token, api_base: peer.api_base } } },
  });
  const taken = [];
  let ended = false;
  let half = 0;
  const lives = Array.from({ length: 24 }, async () => {
    const resident = new WhatsAppResident(number);
    while (!ended) {
      const message = resident.text('wifi gratis taman');
      try {
        const answer = await number.post(server, resident.delivery(message));
        if (answer.status === 200) taken.push(message.id);
      } catch (error) {
        if (error.code !== 'ECONNREFUSED' && error.code !== 'ECONNRESET' && !/hang up/.test(error.message)) half += 1;
        return;
      }
    }
  });
  await wait_until(() => taken.length > 200, { within: 30_000, what: 'the load' });
  const end = await server.stop();
  ended = true;
  await Promise.all(lives);
  assert.equal(end.status, 0, `ended with ${end.status ?? end.signal}`);
  assert.ok(end.ms < 10_500, `${end.ms} ms`);
  assert.equal(half, 0, 'answers broke in the middle');
  const stored = new Set(server.rows('SELECT external_id FROM message WHERE external_id IS NOT NULL').map((row) => row.external_id));
  assert.deepEqual(taken.filter((id) => !stored.has(id)), []);
  assert.equal(server.rows("SELECT COUNT(*) AS n FROM outbox WHERE state = 'in_flight'")[0].n, 0, 'what was on its way was settled');
  console.log(`# ${taken.length} acknowledged, ended in ${end.ms} ms`);
  peer.stop();
}, { within: 90_000 });

test('SIGTERM and SIGINT end it at once when only pages listen', async () => {
  for (const signal of ['SIGTERM', 'SIGINT']) {
    const server = await Server.start({ folder: copy_of_filled() });
    const resident = await WebResident.begin(server);
    const stream = await resident.listen();
    const end = await server.stop(signal);
    assert.equal(end.status, 0);
    assert.ok(end.ms < 3_000, `${end.ms} ms`);
    await wait_until(() => stream.ended, { what: 'the stream ends' });
  }
});

test('the data folder and what is in it are for its owner only', async () => {
  const folder = path.join(new_folder(), 'data');
  const server = await Server.start({ folder });
  assert.equal(fs.statSync(folder).mode & 0o777, 0o700);
  for (const name of fs.readdirSync(folder)) assert.equal(fs.statSync(path.join(folder, name)).mode & 0o077, 0, name);
  await server.stop();
});

test('metrics can have an address of their own', async () => {
  const port = await free_port();
  const server = await Server.start({ folder: copy_of_filled(), config: { server: { metrics_listen: `127.0.0.1:${port}` } } });
  assert.equal((await server.request('/metrics')).status, 404);
  const apart = await request(`http://127.0.0.1:${port}/metrics`);
  assert.equal(apart.status, 200);
  assert.match(apart.text, /sahut_http_requests_total/);
  assert.equal((await request(`http://127.0.0.1:${port}/api/v1/insight`)).status, 404);
  await server.stop();
});

// ---- questions

test('ask answers from what is published', async () => {
  const done = await sahut_ok(['ask', '--json', '--data', filled, 'ktp', 'ilang', 'gmn', 'ngurusnya', 'min']);
  const answer = JSON.parse(done.stdout);
  assert.equal(answer.action, 'answer');
  assert.equal(answer.entry, 'ktp-hilang');
  assert.ok(answer.confidence > 0 && answer.confidence <= 1);
  assert.ok(Array.isArray(answer.candidates) && answer.candidates.every((one) => typeof one.entry === 'string' && typeof one.score === 'number'));
  assert.match(answer.reply, /polisi/);
  assert.equal(typeof answer.evidence, 'object');
  for (const [text, action] of [['xqzv wklm', 'fallback'], ['saya mau bicara dengan petugas', 'handoff']]) {
    const { action: got, entry } = JSON.parse((await sahut_ok(['ask', '--json', '--data', filled, text])).stdout);
    assert.equal(got, action);
    assert.equal(entry, null);
  }
  const plain = await sahut_ok(['ask', '--data', filled, 'ktp hilang']);
  assert.match(plain.stdout, /polisi/);
});

test('ask on a folder without entries says what to do', async () => {
  refused(await sahut(['ask', '--data', new_folder(), 'halo']), { says: /published/, cure: /import|demo/ });
});

test('ask works beside a running server', async () => {
  const server = await Server.start({ folder: copy_of_filled() });
  const done = await sahut_ok(['ask', '--json', '--data', server.folder, 'ktp hilang']);
  assert.equal(JSON.parse(done.stdout).entry, 'ktp-hilang');
  await server.stop();
});

test('chat is a conversation in the terminal', async () => {
  const done = await sahut_ok(['chat', '--data', filled], { input: 'ktp ilang gmn ngurusnya\nbiayanya?\n' });
  assert.match(done.stdout, /polisi[^]*gratis/i);
});

test('version names what it is built on', async () => {
  const json = JSON.parse((await sahut_ok(['version', '--json'])).stdout);
  for (const key of ['sahut', 'sqlite', 'openssl']) assert.match(json[key], /^\d+\.\d+/, key);
  assert.match((await sahut_ok(['version'])).stdout, /^sahut \d+\.\d+\.\d+/);
});

test('evaluate measures on a labelled file', async () => {
  const folder = new_folder();
  const rows = JSON.parse(fs.readFileSync(path.join(fixtures, 'knowledge.json'), 'utf8')).entries.flatMap((entry) => entry.examples.map((text) => `${text}\t${entry.id}`));
  const file = write(folder, 'rows.tsv', `${rows.join('\n')}\nqwrt zxcv\toos\n`);
  const json = JSON.parse((await sahut_ok(['evaluate', '--train', file, '--test', file, '--json'])).stdout);
  for (const key of ['n', 'accuracy', 'macro_f1', 'top3', 'oos_auroc', 'oos_recall_at_95', 'p50_us', 'p99_us', 'train_ms', 'rss_mb']) assert.ok(key in json, key);
  assert.ok(json.accuracy > 0.8);
});

// ---- files in and out

test('what is exported and imported elsewhere is the same', async () => {
  const folder = new_folder();
  const one = path.join(folder, 'satu.json');
  const two = path.join(folder, 'dua.json');
  await sahut_ok(['knowledge', 'export', one, '--data', filled]);
  const other = path.join(folder, 'lain');
  const city = path.join(folder, 'kota.json');
  await sahut_ok(['city', 'export', city, '--data', filled]);
  await sahut_ok(['city', 'import', city, '--data', other]);
  await sahut_ok(['knowledge', 'import', one, '--data', other]);
  await sahut_ok(['knowledge', 'export', two, '--data', other]);
  assert.equal(fs.readFileSync(two, 'utf8'), fs.readFileSync(one, 'utf8'));
  const again = path.join(folder, 'kota2.json');
  await sahut_ok(['city', 'export', again, '--data', other]);
  assert.equal(fs.readFileSync(again, 'utf8'), fs.readFileSync(city, 'utf8'));
  const ids = JSON.parse(fs.readFileSync(one, 'utf8')).entries.map((entry) => entry.id).sort();
  assert.deepEqual(ids, JSON.parse(fs.readFileSync(path.join(fixtures, 'knowledge.json'), 'utf8')).entries.map((entry) => entry.id).sort());
});

test('a bad file is refused with line and field and changes nothing, a dry run neither', async () => {
  const folder = copy_of_filled();
  const before_it = contents(folder);
  const good = JSON.parse(fs.readFileSync(path.join(fixtures, 'knowledge.json'), 'utf8'));
  const with_change = (change) => {
    const file = structuredClone(good);
    change(file.entries);
    return JSON.stringify(file, null, 1);
  };
  const bad = {
    'no JSON': ['{"entries": [', /line/],
    'an unknown field': [with_change((entries) => (entries[1].judul = 'x')), /line \d+.*judul/],
    'an id twice': [with_change((entries) => (entries[1].id = entries[0].id)), /line \d+.*id/],
    'a bad rule': [with_change((entries) => (entries[2].rules = ['(x'])), /line \d+.*rules/],
    'a dead reference': [with_change((entries) => (entries[2].related = ['tidak-ada'])), /tidak-ada/],
    'an unknown office': [with_change((entries) => (entries[2].office = 'dinas-x')), /dinas-x/],
    'an answer too long': [with_change((entries) => (entries[2].answer.id = 'x'.repeat(3001))), /3001/],
  };
  for (const [name, [text, place]] of Object.entries(bad)) {
    const file = write(new_folder(), 'salah.json', text);
    const done = await sahut(['knowledge', 'import', file, '--data', folder]);
    assert.equal(done.status, 1, name);
    assert.match(done.stderr, place, name);
    assert.match(done.stderr, /salah\.json/, name);
  }
  const file = write(new_folder(), 'baik.json', with_change((entries) => (entries[0].answer.id = 'Lain.')));
  const dry = await sahut_ok(['knowledge', 'import', '--dry-run', file, '--data', folder]);
  assert.match(dry.stdout, /1 changed/);
  assert.equal(contents(folder), before_it);
  const lint = await sahut_ok(['knowledge', 'lint', file]);
  assert.match(lint.stdout, /no errors/);
});

test('labelled questions can be tried against what is published', async () => {
  const file = write(new_folder(), 'tanya.tsv', 'ktp ilang gmn ngurusnya min\tktp-hilang\njadwal imunisasi anak\timunisasi\nxqzv wklm\toos\n');
  const done = await sahut(['knowledge', 'test', file, '--data', filled]);
  assert.equal(done.status, 0, done.stdout);
  const wrong = write(new_folder(), 'tanya.tsv', 'jadwal imunisasi anak\tktp-hilang\n');
  assert.equal((await sahut(['knowledge', 'test', wrong, '--data', filled])).status, 1);
});

// ---- people

test('a user is added with a password from standard input or a file, never shown', async () => {
  const folder = copy_of_filled();
  const server = await Server.start({ folder });
  const account = await add_user(folder, 'sari', 'agent', 'disdukcapil');
  await Person.sign_in(server, account);
  const from_file = { name: 'dewi', password: new_password() };
  const file = write(new_folder(), 'sandi', `${from_file.password}\n`);
  const added = await sahut_ok(['user', 'add', 'dewi', '--role', 'editor', '--password-file', file, '--data', folder]);
  assert.ok(!(added.stdout + added.stderr).includes(from_file.password));
  await Person.sign_in(server, from_file);
  const list = (await sahut_ok(['user', 'list', '--data', folder])).stdout;
  assert.match(list, /sari\s+agent\s+disdukcapil/);
  assert.match(list, /dewi\s+editor/);
  assert.ok(!contents(folder).includes(account.password));
  assert.match(contents(folder), /argon2id/);

  refused(await sahut(['user', 'add', 'sari', '--data', folder], { input: `${new_password()}\n` }), { says: /already/, cure: /passwd/ });
  refused(await sahut(['user', 'add', 'x', '--data', folder], { input: 'pendek\n' }), { says: /short/, cure: /longer/ });
  refused(await sahut(['user', 'add', 'x', '--data', folder], { input: '' }), { says: /short|missing|empty/, cure: /./ });
  refused(await sahut(['user', 'add', 'x', '--office', 'dinas-x', '--data', folder], { input: `${new_password()}\n` }), { says: /dinas-x/, cure: /./ });
  refused(await sahut(['user', 'passwd', 'tidak-ada', '--data', folder], { input: `${new_password()}\n` }), { says: /no user/, cure: /list/ });

  const person = await Person.sign_in(server, account);
  const fresh = new_password();
  await sahut_ok(['user', 'passwd', 'sari', '--data', folder], { input: `${fresh}\n` });
  assert.equal((await person.get('/api/v1/me')).status, 401, 'a new password ends the sessions');
  assert.equal((await new Person(server, account).login()).status, 401);
  await Person.sign_in(server, { name: 'sari', password: fresh });
  await server.stop();
});

// ---- configuration

test('config show tells every value and its place, and no secret', async () => {
  const folder = new_folder();
  const secrets = { access_token: new_token(), app_secret: new_token(), verify_token: new_token() };
  const config = write(folder, 'sahut.toml', toml({ server: { listen: '127.0.0.1:1111' }, city: { name: 'Kota Uji' }, channels: { wa: { kind: 'whatsapp', phone_number_id: '1234567890', ...secrets } } }));
  const show = async (args = [], env = {}) => (await sahut_ok(['config', 'show', '--config', config, ...args], { env })).stdout;
  const shown = await show();
  assert.match(shown, /listen = 127\.0\.0\.1:1111 .*sahut\.toml line 2/);
  assert.match(shown, /Kota Uji/);
  assert.match(shown, /hidden/);
  for (const text of Object.values(secrets)) assert.ok(!shown.includes(text));
  assert.match(await show([], { SAHUT_SERVER_LISTEN: '127.0.0.1:2222' }), /listen = 127\.0\.0\.1:2222 .*SAHUT_SERVER_LISTEN/);
  assert.match(await show(['--listen', '127.0.0.1:3333'], { SAHUT_SERVER_LISTEN: '127.0.0.1:2222' }), /listen = 127\.0\.0\.1:3333 .*--listen/);
  const from_env = await show([], { SAHUT_CHANNELS_WA_APP_SECRET: new_token() });
  assert.match(from_env, /app_secret = .*hidden.*SAHUT_CHANNELS_WA_APP_SECRET/);
  const wrong = await sahut(['config', 'show', '--config', config], { env: { SAHUT_SERVER_LISEN: 'x' } });
  refused(wrong, { says: /SAHUT_SERVER_LISEN/, cure: /listen/ });
});

test('the example is a configuration, also with its comments taken away', async () => {
  const folder = new_folder();
  const { stdout } = await sahut_ok(['config', 'example']);
  await sahut_ok(['config', 'check', '--config', write(folder, 'contoh.toml', stdout)]);
  const keys = stdout.split('\n').filter((line) => /^#[a-z_]+ = |^\[(server|store|city)\]/.test(line));
  const bare = keys.slice(0, keys.findIndex((line) => line.startsWith('#kind'))).map((line) => line.replace(/^#/, ''));
  assert.ok(bare.length > 10);
  await sahut_ok(['config', 'check', '--config', write(folder, 'telanjang.toml', bare.join('\n'))]);
});

// ---- backup

async function has_command(name) {
  return new RegExp(`^\\s+${name}\\s`, 'm').test((await sahut(['--help'])).stdout);
}

test('a backup taken while it runs can be restored elsewhere and over what is there', async () => {
  if (!(await has_command('backup'))) throw new Error('there is no `sahut backup`');
  const server = await Server.start({ folder: copy_of_filled() });
  const resident = await WebResident.begin(server);
  await resident.say('ktp hilang', 'sebelum');
  const file = path.join(new_folder(), 'cadangan.db');
  await sahut_ok(['backup', file, '--data', server.folder]);
  assert.equal(fs.statSync(file).mode & 0o077, 0, 'for its owner only');
  await resident.say('kartu keluarga baru', 'sesudah');
  refused(await sahut(['restore', file, '--data', server.folder]), { says: /running|in use/, cure: /[Ss]top/ });
  await server.stop();

  const elsewhere = path.join(new_folder(), 'data');
  await sahut_ok(['restore', file, '--data', elsewhere]);
  const other = await Server.start({ folder: elsewhere });
  const texts = other.rows("SELECT text FROM message WHERE author = 'resident'").map((row) => row.text);
  assert.deepEqual(texts, ['ktp hilang']);
  assert.equal((await other.request('/readyz')).status, 200);
  await other.stop();

  await sahut_ok(['restore', file, '--data', server.folder]);
  await server.start();
  assert.deepEqual((await resident.heard()).map((message) => message.text).filter((text) => /ktp|keluarga/.test(text)), ['ktp hilang']);
  await server.stop();

  const before_it = digest(database(server.folder));
  const noise = write(new_folder(), 'bukan.db', 'bukan basis data'.repeat(500));
  const half = path.join(new_folder(), 'separuh.db');
  fs.writeFileSync(half, fs.readFileSync(file).subarray(0, 20_000));
  for (const bad of [noise, half, path.join(new_folder(), 'tidak-ada')]) {
    refused(await sahut(['restore', bad, '--data', server.folder]), { says: /./, cure: /./ });
    assert.equal(digest(database(server.folder)), before_it, bad);
  }
});

// ---- the demonstration

test('the demonstration runs with one command, with accounts nobody could guess', async () => {
  const server = await Server.start({ command: 'demo', folder: path.join(new_folder(), 'demo') });
  const file = path.join(server.folder, 'demo-accounts.json');
  assert.equal(fs.statSync(file).mode & 0o777, 0o600);
  const accounts = JSON.parse(fs.readFileSync(file, 'utf8'));
  const offices = new Set(accounts.filter((one) => one.role === 'agent').map((one) => one.office));
  assert.ok(offices.size >= 2);
  for (const role of ['agent', 'editor', 'supervisor', 'admin']) assert.ok(accounts.some((one) => one.role === role), role);
  assert.equal(new Set(accounts.map((one) => one.password)).size, accounts.length);
  for (const account of accounts) {
    assert.ok(account.password.length >= 10);
    assert.ok(server.log.includes(account.password), 'the demonstration prints them');
    await Person.sign_in(server, account);
  }
  assert.match(server.log, /\/chat/);
  assert.match(server.log, /\/desk/);
  const resident = await WebResident.begin(server);
  const answer = await resident.ask('ktp ilang gmn ngurusnya min');
  assert.equal(answer.receipt.action, 'answer');
  assert.equal(answer.receipt.entry, 'ktp-el-hilang');
  const end = await server.stop('SIGINT');
  assert.equal(end.status, 0);
  const took = await server.start();
  await Person.sign_in(server, accounts[0]);
  console.log(`# the second start took ${Math.round(took)} ms`);
  assert.ok(took < 15_000);
  await server.stop();
}, { within: 180_000 });

await run('process', { before, after: end_all, hopeless: server_died });

// The program's commands: questions, files in and out, people, configuration, backup, the demonstration.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { city_folder, contents, database, digest, refused, write } from './folders.mjs';
import {
  add_user,
  end_all,
  fill,
  fixtures,
  new_folder,
  new_password,
  new_token,
  patience,
  sahut,
  sahut_ok,
  Server,
  server_died,
  toml,
} from './harness.mjs';
import { Person, WebResident } from './people.mjs';
import { run, test } from './runner.mjs';

let filled; // read only; those who change something take city_folder()

async function before() {
  filled = await city_folder();
}

// ---- questions

test('ask answers from what is published', async () => {
  const done = await sahut_ok(['ask', '--json', '--data', filled, 'ktp', 'ilang', 'gmn', 'ngurusnya', 'min']);
  const answer = JSON.parse(done.stdout);
  assert.equal(answer.action, 'answer');
  assert.equal(answer.entry, 'ktp-hilang');
  assert.ok(answer.confidence > 0 && answer.confidence <= 1);
  assert.ok(
    Array.isArray(answer.candidates) &&
      answer.candidates.every((one) => typeof one.entry === 'string' && typeof one.score === 'number'),
  );
  assert.match(answer.reply, /polisi/);
  assert.equal(typeof answer.evidence, 'object');
  for (const [text, action] of [
    ['xqzv wklm', 'fallback'],
    ['saya mau bicara dengan petugas', 'handoff'],
  ]) {
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
  const server = await Server.start({ folder: await city_folder() });
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
  const rows = JSON.parse(fs.readFileSync(path.join(fixtures, 'knowledge.json'), 'utf8')).entries.flatMap((entry) =>
    entry.examples.map((text) => `${text}\t${entry.id}`),
  );
  const file = write(folder, 'rows.tsv', `${rows.join('\n')}\nqwrt zxcv\toos\n`);
  const json = JSON.parse((await sahut_ok(['evaluate', '--train', file, '--test', file, '--json'])).stdout);
  for (const key of [
    'n',
    'accuracy',
    'macro_f1',
    'top3',
    'oos_auroc',
    'oos_recall_at_95',
    'p50_us',
    'p99_us',
    'train_ms',
    'rss_mb',
  ])
    assert.ok(key in json, key);
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
  const ids = JSON.parse(fs.readFileSync(one, 'utf8'))
    .entries.map((entry) => entry.id)
    .sort();
  assert.deepEqual(
    ids,
    JSON.parse(fs.readFileSync(path.join(fixtures, 'knowledge.json'), 'utf8'))
      .entries.map((entry) => entry.id)
      .sort(),
  );
});

test('a spreadsheet carries the same entries as the file', async () => {
  const folder = new_folder();
  const [json, table, other] = ['satu.json', 'satu.csv', 'lain'].map((name) => path.join(folder, name));
  await sahut_ok(['knowledge', 'export', json, '--data', filled]);
  await sahut_ok(['knowledge', 'export', table, '--data', filled]);
  const city = path.join(folder, 'kota.json');
  await sahut_ok(['city', 'export', city, '--data', filled]);
  await sahut_ok(['city', 'import', city, '--data', other]);
  assert.match((await sahut_ok(['knowledge', 'lint', table])).stdout, /no errors/);
  await sahut_ok(['knowledge', 'import', table, '--data', other]);
  const back = path.join(folder, 'kembali.json');
  await sahut_ok(['knowledge', 'export', back, '--data', other]);
  assert.equal(fs.readFileSync(back, 'utf8'), fs.readFileSync(json, 'utf8'));
  const before_it = contents(other);
  const semicolons = (rows) => write(folder, 'salah.csv', rows.map((row) => row.join(';')).join('\r\n'));
  const refuses = async (rows, place) => {
    const done = await sahut(['knowledge', 'import', semicolons(rows), '--data', other]);
    assert.equal(done.status, 1);
    assert.match(done.stderr, place);
  };
  const header = ['id', 'office', 'title', 'answer.id', 'rules'];
  await refuses([header, ['baru', 'dinas-x', 'Judul', 'Jawaban', '']], /salah\.csv line 2, column `office`/);
  await refuses([header, ['baru', 'dinas-x', '', 'Jawaban', '']], /salah\.csv line 2, column `title`/);
  await refuses([header, ['baru', 'disdukcapil', 'Judul', 'Jawaban', '(x']], /salah\.csv line 2, column `rules/);
  await refuses([['id', 'judul'], ['a', 'b']], /salah\.csv line 1.*judul/);
  assert.equal(contents(other), before_it);
});

test('a bad file is refused with line and field and changes nothing, a dry run neither', async () => {
  const folder = await city_folder();
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
  const file = write(
    new_folder(),
    'baik.json',
    with_change((entries) => (entries[0].answer.id = 'Lain.')),
  );
  const dry = await sahut_ok(['knowledge', 'import', '--dry-run', file, '--data', folder]);
  assert.match(dry.stdout, /1 changed/);
  assert.equal(contents(folder), before_it);
  const lint = await sahut_ok(['knowledge', 'lint', file]);
  assert.match(lint.stdout, /no errors/);
});

test('labelled questions can be tried against what is published', async () => {
  const file = write(
    new_folder(),
    'tanya.tsv',
    'ktp ilang gmn ngurusnya min\tktp-hilang\njadwal imunisasi anak\timunisasi\nxqzv wklm\toos\n',
  );
  const done = await sahut(['knowledge', 'test', file, '--data', filled]);
  assert.equal(done.status, 0, done.stdout);
  const wrong = write(new_folder(), 'tanya.tsv', 'jadwal imunisasi anak\tktp-hilang\n');
  assert.equal((await sahut(['knowledge', 'test', wrong, '--floor', '0.9', '--data', filled])).status, 1);
});

// ---- people

test('a user is added with a password from standard input or a file, never shown', async () => {
  const folder = await city_folder();
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

  refused(await sahut(['user', 'add', 'sari', '--data', folder], { input: `${new_password()}\n` }), {
    says: /already/,
    cure: /passwd/,
  });
  refused(await sahut(['user', 'add', 'x', '--data', folder], { input: 'pendek\n' }), {
    says: /short/,
    cure: /longer/,
  });
  refused(await sahut(['user', 'add', 'x', '--data', folder], { input: '' }), {
    says: /short|missing|empty/,
    cure: /./,
  });
  refused(
    await sahut(['user', 'add', 'x', '--office', 'dinas-x', '--data', folder], { input: `${new_password()}\n` }),
    { says: /dinas-x/, cure: /./ },
  );
  refused(await sahut(['user', 'passwd', 'tidak-ada', '--data', folder], { input: `${new_password()}\n` }), {
    says: /no user/,
    cure: /list/,
  });

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
  const config = write(
    folder,
    'sahut.toml',
    toml({
      server: { listen: '127.0.0.1:1111' },
      city: { name: 'Kota Uji' },
      channels: { wa: { kind: 'whatsapp', phone_number_id: '1234567890', ...secrets } },
    }),
  );
  const show = async (args = [], env = {}) =>
    (await sahut_ok(['config', 'show', '--config', config, ...args], { env })).stdout;
  const shown = await show();
  assert.match(shown, /listen = 127\.0\.0\.1:1111 .*sahut\.toml line 2/);
  assert.match(shown, /Kota Uji/);
  assert.match(shown, /hidden/);
  for (const text of Object.values(secrets)) assert.ok(!shown.includes(text));
  assert.match(
    await show([], { SAHUT_SERVER_LISTEN: '127.0.0.1:2222' }),
    /listen = 127\.0\.0\.1:2222 .*SAHUT_SERVER_LISTEN/,
  );
  assert.match(
    await show(['--listen', '127.0.0.1:3333'], { SAHUT_SERVER_LISTEN: '127.0.0.1:2222' }),
    /listen = 127\.0\.0\.1:3333 .*--listen/,
  );
  const from_env = await show([], { SAHUT_CHANNELS_WA_APP_SECRET: new_token() });
  assert.match(from_env, /app_secret = .*hidden.*SAHUT_CHANNELS_WA_APP_SECRET/);
  const wrong = await sahut(['config', 'show', '--config', config], { env: { SAHUT_SERVER_LISEN: 'x' } });
  refused(wrong, { says: /SAHUT_SERVER_LISEN/, cure: /listen/ });
});

test('the example is a configuration, also with its comments taken away', async () => {
  const folder = new_folder();
  const { stdout } = await sahut_ok(['config', 'example']);
  await sahut_ok(['config', 'check', '--config', write(folder, 'contoh.toml', stdout)]);
  const keys = stdout.split('\n').filter((line) => /^#[a-z_]+ = |^\[(server|store|media|city)\]/.test(line));
  const bare = keys
    .slice(
      0,
      keys.findIndex((line) => line.startsWith('#kind')),
    )
    .map((line) => line.replace(/^#/, ''));
  assert.ok(bare.length > 10);
  await sahut_ok(['config', 'check', '--config', write(folder, 'telanjang.toml', bare.join('\n'))]);
});

// ---- backup

async function has_command(name) {
  return new RegExp(`^\\s+${name}\\s`, 'm').test((await sahut(['--help'])).stdout);
}

test('a backup taken while it runs can be restored elsewhere and over what is there', async () => {
  if (!(await has_command('backup'))) throw new Error('there is no `sahut backup`');
  const server = await Server.start({ folder: await city_folder() });
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
  assert.deepEqual(
    (await resident.heard()).map((message) => message.text).filter((text) => /ktp|keluarga/.test(text)),
    ['ktp hilang'],
  );
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

test(
  'the demonstration runs with one command, with accounts nobody could guess',
  async () => {
    const server = await Server.start({ command: 'demo', folder: path.join(new_folder(), 'demo') });
    const file = path.join(server.folder, 'demo-accounts.json');
    assert.equal(fs.statSync(file).mode & 0o777, 0o600);
    const accounts = JSON.parse(fs.readFileSync(file, 'utf8'));
    const offices = new Set(accounts.filter((one) => one.role === 'agent').map((one) => one.office));
    assert.ok(offices.size >= 2);
    for (const role of ['agent', 'editor', 'supervisor', 'admin'])
      assert.ok(
        accounts.some((one) => one.role === role),
        role,
      );
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
    assert.ok(took < 15_000 * patience);
    await server.stop();
  },
  { within: 180_000 },
);

await run('commands', { before, after: end_all, hopeless: server_died });

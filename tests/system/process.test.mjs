// The program as whoever runs it meets it: what it refuses to start with and how it says so, and how it ends.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { city_folder, contents, database, digest, refused, write } from './folders.mjs';
import {
  end_all,
  free_port,
  new_folder,
  new_token,
  patience,
  sahut,
  secret,
  Server,
  server_died,
  toml,
} from './harness.mjs';
import { GraphPeer } from './graph_peer.mjs';
import { request, wait_until } from './http.mjs';
import { WebResident, WhatsAppNumber, WhatsAppResident } from './people.mjs';
import { run, test } from './runner.mjs';

const serve = (folder, more = [], options) =>
  sahut(['serve', '--data', folder, '--listen', '127.0.0.1:0', ...more], { within: 20_000, ...options });
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
  const config = write(
    folder,
    'sahut.toml',
    '[server]\nthreads = "banyak"\n[sever]\nx = 1\n[channels.wa]\nkind = "whatapp"\n',
  );
  refused(await serve(folder, ['--config', config]), {
    says: [/threads/, /sever/, /whatapp/],
    cure: /whatsapp/,
    lines: 3,
  });
});

test('a file that is no TOML, and one that is not there, are said so', async () => {
  const folder = new_folder();
  const config = write(folder, 'sahut.toml', '[server\nlisten = 1');
  refused(await serve(folder, ['--config', config]), { says: [/sahut\.toml/, /line/], cure: /./ });
  refused(await serve(folder, ['--config', path.join(folder, 'tidak-ada.toml')]), {
    says: /tidak-ada\.toml/,
    cure: /path|permission/i,
  });
});

test('a channel without its secret does not start', async () => {
  const whole = {
    whatsapp: {
      kind: 'whatsapp',
      phone_number_id: '1234567890',
      access_token: new_token(),
      app_secret: new_token(),
      verify_token: new_token(),
    },
    telegram: { kind: 'telegram', bot_token: secret(`123456:${new_token()}`), secret_token: new_token() },
    gateway: {
      kind: 'gateway',
      profile: 'waha',
      secret: new_token(),
      api_base: 'http://127.0.0.1:1',
      api_key: new_token(),
      session: 'default',
    },
  };
  for (const [kind, key] of [
    ['whatsapp', 'app_secret'],
    ['whatsapp', 'verify_token'],
    ['whatsapp', 'access_token'],
    ['telegram', 'secret_token'],
    ['telegram', 'bot_token'],
    ['gateway', 'secret'],
  ]) {
    for (const value of [undefined, '']) {
      const keys = { ...whole[kind], [key]: value };
      if (value === undefined) delete keys[key];
      const folder = new_folder();
      const config = write(folder, 'sahut.toml', toml({ channels: { kanal: keys } }));
      const done = await serve(path.join(folder, 'data'), ['--config', config]);
      refused(done, { says: [/kanal/, new RegExp(key)], cure: /\S+/ });
      for (const other of Object.values(whole[kind]))
        if (other.length > 20) assert.ok(!done.stderr.includes(other), 'it tells a secret');
    }
  }
});

test('a secret may stand in a file of its own; one that cannot be read is named', async () => {
  const folder = new_folder();
  const token = new_token();
  const file = write(folder, 'app_secret', `${token}\n`);
  const keys = {
    kind: 'whatsapp',
    phone_number_id: '1234567890',
    access_token: new_token(),
    verify_token: new_token(),
    app_secret_file: file,
  };
  const config = write(folder, 'sahut.toml', toml({ channels: { wa: keys } }));
  const server = await Server.start({ folder: path.join(folder, 'data'), args: ['--config', config] });
  const number = new WhatsAppNumber({ phone_number_id: '1234567890' });
  number.app_secret = token;
  const resident = new WhatsAppResident(number);
  assert.equal(
    (await number.post(server, resident.delivery(resident.message('reaction', {})))).status,
    200,
    'the line end is no part of it',
  );
  await server.stop();
  write(folder, 'sahut.toml', toml({ channels: { wa: { ...keys, app_secret_file: path.join(folder, 'tidak-ada') } } }));
  refused(await serve(folder, ['--config', config]), { says: /tidak-ada/, cure: /./ });
});

test('a port in use is said with the way out, and the data stay as they were', async () => {
  const folder = await city_folder();
  const before_it = contents(folder);
  const other = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address();
  refused(await sahut(['serve', '--data', folder, '--listen', `127.0.0.1:${port}`], { within: 20_000 }), {
    says: [new RegExp(String(port)), /in use/],
    cure: /--listen/,
  });
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
    newer: (folder) =>
      execFileSync('sqlite3', [database(folder), "INSERT INTO schema_migration VALUES (9999, '9999_later.sql', 0)"]),
    foreign: (folder) => {
      fs.rmSync(database(folder));
      execFileSync('sqlite3', [database(folder), "CREATE TABLE resep (nama TEXT); INSERT INTO resep VALUES ('soto')"]);
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
    const folder = await city_folder();
    harm(folder);
    const before_it = digest(database(folder));
    refused(await serve(folder), expected[name]);
    assert.equal(digest(database(folder)), before_it, `the database ${name} was changed`);
  }
});

test('a second server on the same data folder is refused, the first goes on', async () => {
  const server = await Server.start({ folder: await city_folder() });
  refused(await serve(server.folder), { says: /already running|in use/, cure: /--data|[Ss]top/ });
  assert.equal((await server.request('/readyz')).status, 200);
  await server.stop();
});

test('a wrong call is 2, with the usage', async () => {
  for (const args of [
    [],
    ['sajikan'],
    ['serve', '--tidak-ada'],
    ['ask'],
    ['user', 'add'],
    ['user', 'add', 'x', '--role', 'raja'],
    ['knowledge'],
    ['knowledge', 'import'],
  ]) {
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

test(
  'SIGTERM under load: 0, quickly, and nothing that was acknowledged is lost',
  async () => {
    const number = new WhatsAppNumber();
    const peer = await GraphPeer.start(number);
    const server = await Server.start({
      folder: await city_folder(),
      config: { channels: { wa: number.settings(peer) } },
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
    const stored = new Set(
      server.rows('SELECT external_id FROM message WHERE external_id IS NOT NULL').map((row) => row.external_id),
    );
    assert.deepEqual(
      taken.filter((id) => !stored.has(id)),
      [],
    );
    assert.equal(
      server.rows("SELECT COUNT(*) AS n FROM outbox WHERE state = 'in_flight'")[0].n,
      0,
      'what was on its way was settled',
    );
    console.log(`# ${taken.length} acknowledged, ended in ${end.ms} ms`);
    peer.stop();
  },
  { within: 90_000 },
);

test('SIGTERM and SIGINT end it at once when only pages listen', async () => {
  for (const signal of ['SIGTERM', 'SIGINT']) {
    const server = await Server.start({ folder: await city_folder() });
    const resident = await WebResident.begin(server);
    const stream = await resident.listen();
    const end = await server.stop(signal);
    assert.equal(end.status, 0);
    assert.ok(end.ms < 3_000 * patience, `${end.ms} ms`);
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
  const server = await Server.start({
    folder: await city_folder(),
    config: { server: { metrics_listen: `127.0.0.1:${port}` } },
  });
  assert.equal((await server.request('/metrics')).status, 404);
  const apart = await request(`http://127.0.0.1:${port}/metrics`);
  assert.equal(apart.status, 200);
  assert.match(apart.text, /sahut_http_requests_total/);
  assert.equal((await request(`http://127.0.0.1:${port}/api/v1/insight`)).status, 404);
  await server.stop();
});

await run('process', { after: end_all, hopeless: server_died });

// What the internet sends: everything here must get one clear answer, quickly, and leave the server as it was.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { end_all, patience, sanitized, server_died } from './harness.mjs';
import { GraphPeer } from './graph_peer.mjs';
import { raw } from './http.mjs';
import { city_with, WebResident, WhatsAppNumber, WhatsAppResident } from './people.mjs';
import { run, test } from './runner.mjs';

const number = new WhatsAppNumber();
let server;
let peer;
let hasan;

async function before() {
  peer = await GraphPeer.start(number);
  const city = await city_with([['hasan', 'supervisor']], { channels: { wa: number.settings(peer) } });
  server = city.server;
  hasan = city.people.hasan;
}

const head = (method, path, headers = {}, version = 'HTTP/1.1') =>
  `${method} ${path} ${version}\r\n${Object.entries({ Host: '127.0.0.1', ...headers })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n`;
const status_of = (text) => Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]);

/** A refusal of the house: problem+json with what, the id, and no more than it should say. */
function is_problem(answer, status) {
  assert.equal(answer.status, status, answer.text.slice(0, 300));
  assert.match(answer.headers['content-type'], /^application\/problem\+json/);
  const body = answer.json;
  assert.match(body.type, /^\/problems\/[a-z_0-9]+$/);
  assert.ok(body.title.length > 0);
  assert.equal(body.status, status);
  assert.ok(body.detail.length > 5, 'detail');
  assert.ok(body.id.length > 5, 'id');
  assert.ok(!/sqlite|SELECT |\/work\/|\.cpp|std::/.test(answer.text), `it tells of its inside: ${answer.text}`);
  return body;
}

const post = (path, body, headers = {}) => server.request(path, { method: 'POST', body, headers });
const deep = (levels, open = '[', close = ']') => open.repeat(levels) + close.repeat(levels);

test('a path nobody knows is 404 with a problem', async () => {
  for (const path of [
    '/tidak-ada',
    '/api/v1/tidak',
    '/api/v1/entries/a/b/c',
    '/webhooks',
    '/assets/../server.key',
    '/assets/%2e%2e%2fpasswd',
    '//chat',
    '/chat/',
    '/%00',
    '/api/v1/conversations//claim',
  ]) {
    const answer = await server.request(path);
    assert.ok([400, 404].includes(answer.status), `${path}: ${answer.status}`);
    is_problem(answer, answer.status);
  }
  is_problem(await post('/webhooks/tidak-ada', {}), 404);
});

test('a method a path does not take is 405 and says which it takes', async () => {
  for (const [method, path, allowed] of [
    ['DELETE', '/chat', 'GET'],
    ['PUT', '/api/v1/login', 'POST'],
    ['GET', '/api/v1/login', 'POST'],
    ['PATCH', '/api/v1/entries/ktp-hilang', 'PUT'],
    ['POST', '/healthz', 'GET'],
    ['DELETE', '/webhooks/wa', 'POST'],
    ['TRACE', '/chat', 'GET'],
  ]) {
    const answer = await server.request(path, { method });
    is_problem(answer, 405);
    assert.ok(answer.headers.allow.includes(allowed), `${method} ${path}: ${answer.headers.allow}`);
  }
  const options = await server.request('/api/v1/login', { method: 'OPTIONS' });
  assert.ok([200, 204].includes(options.status));
  assert.match(options.headers.allow, /POST/);
});

test('HEAD is GET without the body', async () => {
  for (const path of ['/chat', '/healthz', '/api/openapi.json', '/tidak-ada']) {
    const get = await server.request(path);
    const answer = await server.request(path, { method: 'HEAD' });
    assert.equal(answer.status, get.status, path);
    assert.equal(answer.bytes.length, 0, path);
    assert.equal(answer.headers['content-type'], get.headers['content-type'], path);
  }
});

test('what is not JSON is 400, whatever it is', async () => {
  const bodies = {
    nothing: '',
    half: '{"session":',
    'a list': '[]',
    'a word': 'true',
    'two values': '{} {}',
    'bad UTF-8': Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xc3, 0x28, 0x22, 0x7d]),
    'UTF-16': Buffer.from('\ufeff{"a":1}', 'utf16le'),
    'a lone surrogate': '{"session":"\\ud800","text":"x"}',
    'a number out of range': '{"session":1e999}',
    NaN: '{"session":NaN}',
    'a comment': '{/* */}',
    '65 deep': `{"session":${deep(65)}}`,
    '100,000 brackets': deep(100_000),
    '100,000 open braces': '{"a":'.repeat(20_000),
    'a form': 'name=x&password=y',
  };
  for (const [name, body] of Object.entries(bodies)) {
    for (const path of ['/api/v1/login', '/api/v1/chat/messages']) {
      const begin = Date.now();
      const answer = await post(path, body);
      assert.ok(
        [400, 413, 415, 422].includes(answer.status),
        `${name} at ${path}: ${answer.status} ${answer.text.slice(0, 200)}`,
      );
      is_problem(answer, answer.status);
      assert.ok(Date.now() - begin < 2_000 * patience, `${name}: ${Date.now() - begin} ms`);
    }
  }
});

test('keys that stand twice do not smuggle anything past', async () => {
  const resident = await WebResident.begin(server);
  const answer = await post(
    '/api/v1/chat/messages',
    `{"session":"salah","session":${JSON.stringify(resident.session)},"text":"ktp hilang"}`,
  );
  assert.ok([202, 400, 404, 422].includes(answer.status), `${answer.status}`);
});

test('a signed webhook that is not JSON is 400, deep ones too', async () => {
  for (const body of ['', 'x', '{', deep(65), deep(100_000), '{"a":1e999}', Buffer.from([0xff, 0xfe])]) {
    const answer = await number.post(server, body);
    is_problem(answer, 400);
  }
  const fine = await number.post(server, `{"object":"whatsapp_business_account","entry":${deep(60)}}`);
  assert.equal(fine.status, 200, '62 levels are allowed');
});

test('a body up to 3 MiB is read, one byte more is 413', async () => {
  const resident = new WhatsAppResident(number);
  const limit = 3 * 1024 * 1024;
  const padded = (bytes) => {
    const body = { ...resident.delivery(resident.text('wifi gratis taman')), padding: '' };
    body.padding = 'x'.repeat(bytes - JSON.stringify(body).length);
    return JSON.stringify(body);
  };
  const fits = await number.post(server, padded(limit));
  assert.equal(fits.status, 200, fits.text.slice(0, 200));
  const large = await number.post(server, padded(limit + 1));
  is_problem(large, 413);
});

test('an announced length that is too large is refused before the body comes', async () => {
  const text = await raw(
    server.port,
    head('POST', '/webhooks/wa', { 'Content-Length': 4_000_000_000, 'Content-Type': 'application/json' }),
    { until: '\r\n\r\n' },
  );
  assert.equal(status_of(text), 413, text.slice(0, 100));
  const expecting = await raw(
    server.port,
    head('POST', '/webhooks/wa', { 'Content-Length': 4_000_000_000, Expect: '100-continue' }),
    { until: '\r\n\r\n' },
  );
  assert.equal(status_of(expecting), 413, expecting.slice(0, 100));
});

test('a large body of a small route is 413', async () => {
  is_problem(await post('/api/v1/login', `{"name":"${'x'.repeat(3_000_000)}"}`), 413);
});

test('a chunked body is a body like any other', async () => {
  const resident = new WhatsAppResident(number);
  const message = resident.text('wifi gratis taman');
  const body = JSON.stringify(resident.delivery(message));
  const chunks = body.match(/[^]{1,37}/g).map((part) => `${Buffer.byteLength(part).toString(16)}\r\n${part}\r\n`);
  const text = await raw(server.port, [
    head('POST', '/webhooks/wa', {
      'Transfer-Encoding': 'chunked',
      'Content-Type': 'application/json',
      'X-Hub-Signature-256': number.signature(body),
      Connection: 'close',
    }),
    ...chunks,
    '0\r\n\r\n',
  ]);
  assert.equal(status_of(text), 200, text);
  assert.equal(server.rows(`SELECT COUNT(*) AS n FROM message WHERE external_id = '${message.id}'`)[0].n, 1);
});

test('chunks without end are 413', async () => {
  const chunk = `10000\r\n${'x'.repeat(65536)}\r\n`;
  const text = await raw(
    server.port,
    [head('POST', '/webhooks/wa', { 'Transfer-Encoding': 'chunked' }), ...Array.from({ length: 60 }, () => chunk)],
    { until: '\r\n\r\n' },
  );
  assert.equal(status_of(text), 413, text.slice(0, 100));
});

test('a body that comes byte by byte is waited for', async () => {
  const resident = await WebResident.begin(server);
  const body = JSON.stringify({ session: resident.session, text: 'wifi gratis taman' });
  const text = await new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1');
    let seen = '';
    const pieces = [
      head('POST', '/api/v1/chat/messages', {
        'Content-Length': Buffer.byteLength(body),
        'Content-Type': 'application/json',
        Connection: 'close',
      }),
      ...body,
    ];
    const next = () => {
      if (pieces.length === 0) return;
      socket.write(pieces.shift(), () => setImmediate(next));
    };
    socket.setNoDelay(true);
    socket.on('connect', next);
    socket.on('data', (part) => (seen += part));
    socket.on('close', () => resolve(seen));
    socket.on('error', reject);
  });
  assert.equal(status_of(text), 202, text);
});

test('connections that say nothing or half a request do not keep others waiting', async () => {
  const idle = Array.from({ length: 200 }, (_, i) => {
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.on('connect', () => {
      if (i % 2) socket.write('POST /webhooks/wa HTTP/1.1\r\nHost: x\r\nX-');
    });
    return socket;
  });
  const begin = Date.now();
  assert.equal((await server.request('/healthz')).status, 200);
  assert.ok(Date.now() - begin < 2_000 * patience);
  for (const socket of idle) socket.destroy();
});

test('what is no HTTP gets at most one answer, 400, and the end', async () => {
  const good = 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n';
  const cases = {
    noise: 'halo halo\r\n\r\n',
    TLS: Buffer.from('160301020001fc0303', 'hex'),
    'no version': 'GET /healthz\r\n\r\n',
    'two lengths': 'POST /api/v1/login HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 40\r\n\r\n{}',
    'length and chunked':
      'POST /api/v1/login HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'a negative length': 'POST /api/v1/login HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n',
    'chunked twice':
      'POST /api/v1/login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n',
    'a space before the colon': 'GET /healthz HTTP/1.1\r\nHost : x\r\n\r\n',
    'a folded header': 'GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: 1\r\n b\r\n\r\n',
    'two hosts': 'GET /healthz HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n',
    'no host': 'GET /healthz HTTP/1.1\r\n\r\n',
    'a chunk of no number': 'POST /api/v1/login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n',
    'NUL in a header': 'GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: a\0b\r\n\r\n',
  };
  for (const [name, bytes] of Object.entries(cases)) {
    const text = await raw(server.port, [bytes, good]);
    const answers = text.match(/HTTP\/1\.[01] \d{3}/g) ?? [];
    assert.ok(answers.length <= 1, `${name}: ${answers.length} answers`);
    if (answers.length === 1) assert.match(answers[0], / 400$/, name);
  }
});

test('a header without end is refused', async () => {
  const text = await raw(server.port, `GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(100_000)}\r\n\r\n`, {
    until: '\r\n\r\n',
  });
  assert.ok([400, 431].includes(status_of(text)), text.slice(0, 60));
});

test('several requests in one packet are answered in their order', async () => {
  const text = await raw(server.port, [
    head('GET', '/healthz') + head('GET', '/tidak-ada') + head('GET', '/readyz', { Connection: 'close' }),
  ]);
  assert.deepEqual(text.match(/HTTP\/1\.1 \d{3}/g), ['HTTP/1.1 200', 'HTTP/1.1 404', 'HTTP/1.1 200']);
});

test('ids that are no ids are 404, not 500', async () => {
  for (const id of ['0', '-1', 'abc', '99999999999999999999999', '1e5', '%00', "1'--", '..', 'x'.repeat(3000)]) {
    for (const route of [`/api/v1/conversations/${id}`, `/api/v1/entries/${id}`, `/api/v1/entries/${id}/revisions`]) {
      const answer = await hasan.get(route);
      assert.ok([400, 404].includes(answer.status), `${route.slice(0, 60)}: ${answer.status}`);
    }
    const claim = await hasan.post(`/api/v1/conversations/${id}/claim`);
    assert.ok([400, 404].includes(claim.status), `claim ${id.slice(0, 30)}: ${claim.status}`);
    const ignore = await hasan.post(`/api/v1/gaps/${id}/ignore`);
    assert.ok([400, 404].includes(ignore.status), `ignore ${id.slice(0, 30)}: ${ignore.status}`);
  }
});

test('search words are words, whatever is in them', async () => {
  for (const words of [
    "'; DROP TABLE entry; --",
    '%',
    '_',
    '"',
    '\\',
    '😀',
    'x'.repeat(200),
    '\u0000',
    '*',
    'a AND b',
    'NEAR(',
  ]) {
    for (const route of ['/api/v1/conversations?queue=office&', '/api/v1/entries?']) {
      const answer = await hasan.get(`${route}search=${encodeURIComponent(words)}`);
      assert.ok(
        [200, 400, 422].includes(answer.status),
        `${route} ${words.slice(0, 20)}: ${answer.status} ${answer.text.slice(0, 100)}`,
      );
    }
  }
});

test('the pages are served with what protects them', async () => {
  for (const page of ['/', '/chat', '/desk', '/admin', '/insight']) {
    const answer = await server.request(page);
    assert.equal(answer.status, 200, page);
    assert.match(answer.headers['content-type'], /^text\/html/, page);
    assert.equal(answer.headers['x-content-type-options'], 'nosniff', page);
    const policy = answer.headers['content-security-policy'] ?? '';
    assert.match(policy, /default-src 'none'|default-src 'self'/, page);
    assert.ok(!/unsafe-(inline|eval)/.test(policy), page);
    assert.match(policy, /frame-ancestors/, page);
  }
});

test('the server is as well as before, and said nothing of what was sent', async () => {
  assert.equal((await server.request('/readyz')).json.ready, true);
  const resident = await WebResident.begin(server);
  assert.equal((await resident.ask('ktp hilang')).receipt.entry, 'ktp-hilang');
  const resident_memory = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.child.pid}/status`, 'utf8'))[1]);
  const allowed_kb = sanitized ? 2_000_000 : 400_000;
  assert.ok(resident_memory < allowed_kb, `${resident_memory} KB`);
});

async function after() {
  await end_all();
  peer.stop();
}

await run('bad_input', { before, after, hopeless: server_died });

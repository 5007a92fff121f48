// Signing in and out: cookies, the throttle, the CSRF header, people who are shut out.

import assert from 'node:assert/strict';
import { end_all, new_password, sahut_ok, server_died } from './harness.mjs';
import { city_with, Person } from './people.mjs';
import { run, test } from './runner.mjs';

let server;
let accounts;
let people;

async function before() {
  // The tests come from several addresses: the header of a proxy says which.
  const staff = [
    ['sari', 'agent', 'disdukcapil'],
    ['joko', 'agent', 'dinkes'],
    ['dewi', 'editor'],
  ];
  ({ server, accounts, people } = await city_with(staff, { server: { trusted_proxies: '127.0.0.1' } }));
}

test('the right password signs in, with a cookie no script can read', async () => {
  const person = new Person(server, accounts.sari);
  const answer = await person.login();
  assert.equal(answer.status, 200);
  assert.equal(answer.json.name, 'sari');
  assert.equal(answer.json.role, 'agent');
  assert.equal(answer.json.office, 'disdukcapil');
  const cookie = answer.headers['set-cookie'].join();
  assert.match(cookie, /HttpOnly/i);
  assert.match(cookie, /SameSite=(Lax|Strict)/i);
  assert.match(cookie, /Path=\//i);
  const me = await person.get('/api/v1/me');
  assert.deepEqual(me.json, answer.json);
  const stored = JSON.stringify(server.rows('SELECT * FROM session'));
  assert.ok(!stored.includes(person.cookie.split('=')[1]), 'the store holds a session as it is');
});

test('a wrong name and a wrong password get the same answer', async () => {
  const wrong_password = await new Person(server, { name: 'joko', password: new_password() }).login();
  const wrong_name = await new Person(server, { name: 'tidak-ada', password: new_password() }).login();
  for (const answer of [wrong_password, wrong_name]) assert.equal(answer.status, 401);
  const without_id = (answer) => ({ ...answer.json, id: undefined });
  assert.deepEqual(without_id(wrong_password), without_id(wrong_name));
  assert.equal(wrong_password.headers['set-cookie'], undefined);
});

test('who tries passwords is slowed, and the right person elsewhere is not locked out', async () => {
  const thief = { 'X-Forwarded-For': '203.0.113.7' };
  let slowed;
  for (let i = 0; i < 12 && !slowed; i += 1) {
    const answer = await new Person(server, { name: 'joko', password: `tebakan-${i}-xx` }).login(undefined, thief);
    if (answer.status === 429) slowed = answer;
    else assert.equal(answer.status, 401);
  }
  assert.ok(slowed, '12 wrong passwords were all tried');
  assert.ok(Number(slowed.headers['retry-after']) >= 1, 'Retry-After in seconds');
  assert.match(slowed.headers['content-type'], /^application\/problem\+json/);
  const right = await new Person(server, accounts.joko).login(undefined, { 'X-Forwarded-For': '198.51.100.20' });
  assert.equal(right.status, 200, 'joko himself, from elsewhere');
});

test('without a session there is nothing to see', async () => {
  for (const route of [
    '/api/v1/me',
    '/api/v1/conversations?queue=mine',
    '/api/v1/offices',
    '/api/v1/entries',
    '/api/v1/gaps',
    '/api/v1/conversations/1',
    '/api/v1/events',
  ]) {
    for (const headers of [{}, { Cookie: 'sahut_session=salah' }, { Cookie: 'sahut_session=' }]) {
      const answer = await server.request(route, { headers });
      assert.equal(answer.status, 401, route);
      assert.match(answer.headers['content-type'], /^application\/problem\+json/);
    }
  }
});

test('signing out ends the session', async () => {
  const person = await Person.sign_in(server, accounts.sari);
  assert.equal((await person.post('/api/v1/logout')).status, 204);
  assert.equal((await person.get('/api/v1/me')).status, 401);
});

test('a write without the CSRF header, or with another, or from another site, is refused', async () => {
  const { dewi } = people;
  const draft = { id: 'uji', office: 'kominfo', title: 'Uji', answer: { id: 'Uji.' } };
  const other = await Person.sign_in(server, accounts.dewi);
  assert.equal((await dewi.post('/api/v1/entries', draft, { csrf: null })).status, 403);
  assert.equal((await dewi.post('/api/v1/entries', draft, { csrf: '' })).status, 403);
  assert.equal(
    (await dewi.post('/api/v1/entries', draft, { csrf: other.csrf })).status,
    403,
    'the one of another session',
  );
  for (const site of ['cross-site', 'same-site']) {
    const answer = await dewi.post('/api/v1/entries', draft, { headers: { 'Sec-Fetch-Site': site } });
    assert.equal(answer.status, 403, site);
  }
  assert.equal((await dewi.get('/api/v1/entries/uji')).status, 404, 'nothing was written');
  assert.equal(
    (await dewi.post('/api/v1/entries', draft, { headers: { 'Sec-Fetch-Site': 'same-origin' } })).status,
    201,
  );
});

test('a disabled person is out at once', async () => {
  const person = await Person.sign_in(server, accounts.joko);
  await sahut_ok(['user', 'disable', 'joko', '--data', server.folder]);
  assert.equal((await person.get('/api/v1/me')).status, 401);
  assert.equal(
    (await new Person(server, accounts.joko).login(undefined, { 'X-Forwarded-For': '192.0.2.1' })).status,
    401,
  );
});

test('a proxy that is not trusted cannot lend an address', async () => {
  const { server: plain, accounts: known } = await city_with([['rina', 'agent', 'dinkes']]);
  let slowed;
  for (let i = 0; i < 12 && !slowed; i += 1) {
    const headers = { 'X-Forwarded-For': `203.0.113.${i + 1}` };
    const answer = await new Person(plain, { name: 'rina', password: `tebakan-${i}-xx` }).login(undefined, headers);
    slowed = answer.status === 429;
  }
  assert.ok(slowed, 'a new forged address for each guess, and never slowed');
  assert.equal((await new Person(plain, known.rina).login()).status, 429);
});

await run('sessions', { before, after: end_all, hopeless: server_died });

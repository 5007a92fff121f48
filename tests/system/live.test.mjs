// Pages of the offices that stay open: they hear of what changes in their office, and miss nothing.

import assert from 'node:assert/strict';
import { end_all, server_died } from './harness.mjs';
import { city_with, waiting_resident } from './people.mjs';
import { run, test } from './runner.mjs';

let server;
let sari; // agent, disdukcapil
let budi; // agent, dinkes
let hasan; // supervisor, whole city

async function before() {
  const city = await city_with([
    ['sari', 'agent', 'disdukcapil'],
    ['budi', 'agent', 'dinkes'],
    ['hasan', 'supervisor'],
  ]);
  server = city.server;
  ({ sari, budi, hasan } = city.people);
}

const path = (id, act) => `/api/v1/conversations/${id}/${act}`;

test('pages hear of changes in their office, and of nothing else', async () => {
  const [own, foreign, city] = await Promise.all([sari.listen(), budi.listen(), hasan.listen()]);
  const { id } = await waiting_resident(server, sari);
  const told = (stream) =>
    stream.next((event) => event.event === 'conversation' && event.json.id === id, { what: 'the event' });
  const first = await told(own);
  assert.ok(first.id, 'with an id');
  await told(city);
  await sari.post(path(id, 'claim'));
  await told(own);
  await sari.post(path(id, 'transfer'), { office: 'dinkes', reason: 'x' });
  await told(foreign);
  const seen = foreign.all.filter((event) => event.json.id === id);
  const all = own.all.filter((event) => event.json.id === id);
  assert.ok(seen.length < all.length, 'the other office heard of it only from the transfer on');
  for (const stream of [own, foreign, city]) stream.close();
});

test("the resident's page hears at once who has claimed the case", async () => {
  const { resident, id } = await waiting_resident(server, sari);
  const stream = await resident.listen();
  await stream.next((event) => event.event === 'state' && event.json.state === 'waiting');
  await sari.post(path(id, 'claim'));
  const claimed = await stream.next((event) => event.event === 'state' && event.json.state === 'claimed', {
    what: 'the claim',
  });
  assert.equal(claimed.json.agent, 'sari');
  stream.close();
});

test('a page that was away hears what it missed', async () => {
  const stream = await sari.listen();
  const one = await waiting_resident(server, sari);
  await stream.next((event) => event.json.id === one.id);
  const last = stream.last_id;
  stream.close();
  const two = await waiting_resident(server, sari);
  const elsewhere = await sari.listen({ last_id: last });
  await elsewhere.next((event) => event.event === 'conversation' && event.json.id === two.id, {
    what: 'the missed event',
  });
  assert.ok(
    elsewhere.all.every((event) => event.json.id !== one.id || BigInt(event.id) > BigInt(last)),
    'nothing from before',
  );
  elsewhere.close();
  const lost = await sari.listen({ last_id: 1 });
  await lost.next((event) => event.event === 'reset', { what: 'reset: everything is to be read anew' });
  lost.close();
});

test('events go on after a restart', async () => {
  const stream = await sari.listen();
  const { id } = await waiting_resident(server, sari);
  await stream.next((event) => event.json.id === id);
  const last = stream.last_id;
  await server.kill();
  await server.start();
  const again = await sari.listen({ last_id: last });
  const two = await waiting_resident(server, sari);
  const event = await again.next((one) => one.event === 'conversation' && one.json.id === two.id);
  assert.ok(BigInt(event.id) > BigInt(last), 'ids only grow');
  again.close();
});

await run('live', { before, after: end_all, hopeless: server_died });

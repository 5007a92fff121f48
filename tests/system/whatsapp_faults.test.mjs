// WhatsApp when sending fails: throttled, broken, never answered, refused for ever.

import assert from 'node:assert/strict';
import { end_all, patience, server_died } from './harness.mjs';
import { wait_until } from './http.mjs';
import { WhatsAppResident } from './people.mjs';
import { run, test } from './runner.mjs';
import { question, WhatsAppCity } from './whatsapp_city.mjs';

const city = new WhatsAppCity();
const { number, received, delivery_is } = city;
let server;
let peer;

async function before() {
  ({ server, peer } = await city.start());
}

test('429 with Retry-After is obeyed, and the message arrives once', async () => {
  const resident = new WhatsAppResident(number);
  let refused_at;
  peer.fault = (call) => {
    if (!call.body.to?.endsWith(resident.phone) || refused_at) return undefined;
    refused_at = Date.now();
    return {
      status: 429,
      code: undefined,
      body: JSON.stringify({ error: { code: 130429, message: '(#130429) Rate limit hit' } }),
      headers: { 'Retry-After': '2' },
    };
  };
  await resident.say(server, question);
  const [call] = await received(resident);
  assert.ok(call.at - refused_at >= 1900, `it came again after ${call.at - refused_at} ms instead of 2 s`);
  assert.equal(peer.to(resident).length, 1);
  peer.fault = () => undefined;
});

test('500s are tried again, in order, until they end', async () => {
  const resident = new WhatsAppResident(number);
  let left = 2;
  peer.fault = (call) => (call.body.to?.endsWith(resident.phone) && left-- > 0 ? { status: 500, body: '' } : undefined);
  const ids = [await resident.say(server, question), await resident.say(server, 'kartu keluarga baru')];
  const calls = await received(resident, 2);
  assert.deepEqual(
    calls.map((call) => call.quoted),
    ids,
  );
  peer.fault = () => undefined;
});

test('a line that breaks after acceptance may double the message, and that is counted', async () => {
  const resident = new WhatsAppResident(number);
  const counted = await server.metric('sahut_sends_may_repeat_total');
  let left = 1;
  peer.fault = (call) => (call.body.to?.endsWith(resident.phone) && left-- > 0 ? { drop: 'after' } : undefined);
  await resident.say(server, question);
  const calls = await received(resident, 2);
  assert.equal(calls[0].correlation, calls[1].correlation, 'the repeat is recognisable');
  await delivery_is(calls[1], 'sent');
  assert.equal(await server.metric('sahut_sends_may_repeat_total'), counted + 1);
  peer.fault = () => undefined;
});

test('a status that comes for a message whose answer was lost keeps it from going a second time', async () => {
  const resident = new WhatsAppResident(number);
  let left = 1;
  // The status is on its way before the sender tries again, half a second to a second later.
  peer.fault = (call) => {
    if (!call.body.to?.endsWith(resident.phone) || left-- <= 0) return undefined;
    queueMicrotask(() => {
      const { id, correlation } = peer.accepted.at(-1);
      void number.post(server, number.status(id, 'delivered', { phone: resident.phone, correlation }));
    });
    return { drop: 'after' };
  };
  await resident.say(server, question);
  const [call] = await received(resident);
  await delivery_is(call, 'delivered');
  const waiting = () => server.rows(`SELECT o.id FROM outbox o JOIN message m ON m.id = o.message_id WHERE m.id = ${call.correlation}`);
  await wait_until(() => waiting().length === 0, { what: 'nothing waits to go again' });
  await resident.say(server, 'kartu keluarga baru');
  await received(resident, 2);
  assert.equal(peer.to(resident).filter((one) => one.correlation === call.correlation).length, 1);
  peer.fault = () => undefined;
});

test('an answer that never comes is given up in time, and others are not held up', async () => {
  const slow = new WhatsAppResident(number);
  const quick = new WhatsAppResident(number);
  let left = 1;
  peer.fault = (call) => (call.body.to?.endsWith(slow.phone) && left-- > 0 ? { hang: true } : undefined);
  await slow.say(server, question);
  await wait_until(() => peer.calls.some((call) => call.body.to?.endsWith(slow.phone)), {
    what: 'the call that gets no answer',
  });
  const begin = Date.now();
  await quick.say(server, question);
  await received(quick);
  assert.ok(Date.now() - begin < 5_000 * patience, `the other resident waited ${Date.now() - begin} ms`);
  await wait_until(() => peer.to(slow).length === 1, { within: 30_000, what: 'the second attempt' });
  peer.fault = () => undefined;
});

test('what Meta refuses for ever is not tried again, and the reason is kept', async () => {
  const resident = new WhatsAppResident(number);
  peer.fault = (call) =>
    call.body.to?.endsWith(resident.phone) ? { code: 131047, message: 'Re-engagement message' } : undefined;
  await resident.say(server, question);
  await wait_until(
    () =>
      server.rows(
        `SELECT m.delivery FROM message m JOIN contact c ON c.id = m.contact_id WHERE c.address = '${resident.phone}' AND m.author = 'bot' AND m.delivery = 'failed'`,
      ).length === 1,
    {
      what: 'the failed message',
    },
  );
  const tries = peer.calls.filter((call) => call.body.to?.endsWith(resident.phone)).length;
  assert.equal(tries, 1);
  peer.fault = () => undefined;
});

async function after() {
  await end_all();
  peer.stop();
  assert.deepEqual(peer.violations, [], 'Meta would have refused these');
}

await run('whatsapp_faults', { before, after, hopeless: server_died });

// The sender of a channel: what one resident's trouble means for the others, and how fast a channel is fed.

import assert from 'node:assert/strict';
import { end_all, fill, new_folder, patience, Server, server_died } from './harness.mjs';
import { GraphPeer } from './graph_peer.mjs';
import { wait_until } from './http.mjs';
import { WhatsAppNumber, WhatsAppResident } from './people.mjs';
import { run, test } from './runner.mjs';

const number = new WhatsAppNumber();
const per_second = 80; // Meta, throughput: messages of one number in one second
const waiting_people = 4 * per_second;
let peer;
let server;

async function before() {
  peer = await GraphPeer.start(number);
  const folder = new_folder();
  await fill(folder);
  server = await Server.start({ folder, config: { channels: { wa: number.settings(peer) } } });
}

/** So many residents write at the same moment; gives the moments at which calls for them arrived at Meta. */
async function everybody_writes(fault) {
  const arrivals = [];
  peer.fault = (call) => {
    arrivals.push(call.at);
    return fault?.(call);
  };
  const people = Array.from({ length: waiting_people }, () => new WhatsAppResident(number));
  await Promise.all(people.map((who) => who.say(server, 'kartu keluarga baru')));
  const answered = () => people.filter((who) => peer.to(who).length > 0).length;
  return { arrivals, people, answered };
}

test('a call that is never answered holds up nobody but its resident', async () => {
  let hung;
  const { arrivals, answered } = await everybody_writes((call) => {
    hung ??= call.body.to;
    return call.body.to === hung ? { hang: true } : undefined;
  });
  // 320 messages at 80 a second take 4 s; a call is given up after 10 s.
  await wait_until(() => answered() === waiting_people - 1, {
    within: 8_000 * patience,
    what: 'the other residents have their answers',
  }).catch((error) => {
    throw new Error(`${error.message}; ${arrivals.length} calls were made in that time`);
  });
  peer.fault = () => undefined;
  await wait_until(() => answered() === waiting_people, {
    within: 30_000 * patience,
    what: 'the answer after the time-out',
  });
});

test('after a quiet time, too, no second sees more messages than the channel may send', async () => {
  const { arrivals, answered } = await everybody_writes();
  await wait_until(() => answered() === waiting_people, { within: 30_000 * patience, what: 'all answers' });
  let most = 0;
  for (let first = 0, last = 0; last < arrivals.length; last += 1) {
    while (arrivals[last] - arrivals[first] >= 1_000) first += 1;
    most = Math.max(most, last - first + 1);
  }
  // The way to the peer may squeeze two tenths of a second together.
  assert.ok(most <= per_second * 1.2, `${most} calls in one second, not ${per_second}`);
});

test('a message that waited for its turn and then fails once is tried again within seconds', async () => {
  const base = peer.accepted.length;
  const failed = new Map(); // resident → when their first call was refused
  const again = new Map(); // … and how long until the next
  const { answered } = await everybody_writes((call) => {
    const { to } = call.body;
    if (failed.has(to)) again.set(to, call.at - failed.get(to));
    else if (peer.accepted.length >= base + 3 * per_second) failed.set(to, call.at);
    return failed.get(to) === call.at ? { status: 500 } : undefined;
  });
  await wait_until(() => failed.size > 0 && again.size === failed.size && answered() === waiting_people, {
    within: 15_000 * patience,
    what: 'all answers',
  }).catch((error) => {
    throw new Error(`${error.message}; ${failed.size} calls failed, ${again.size} were made again in that time`);
  });
  // Half a second to a second of pause, and the turn among the others.
  assert.ok(Math.max(...again.values()) < 5_000 * patience, `one waited ${Math.max(...again.values())} ms`);
});

test('the depth of the outbox that the metrics show falls to nothing when everything has left', async () => {
  const waiting = () => server.metric('sahut_outbox_waiting', { channel: 'wa' });
  let deepest = 0;
  const { answered } = await everybody_writes();
  await wait_until(
    async () => {
      deepest = Math.max(deepest, await waiting());
      return answered() === waiting_people;
    },
    { within: 30_000 * patience, what: 'all answers' },
  );
  assert.ok(deepest > 0, 'it was seen to be deep');
  await wait_until(async () => (await waiting()) === 0, { within: 5_000 * patience, what: 'nothing waits' });
});

async function after() {
  await end_all();
  peer.stop();
  assert.deepEqual(peer.violations, [], 'Meta would have refused these');
}

await run('sending', { before, after, hopeless: server_died });

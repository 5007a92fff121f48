// The server under the check, the people who call it, and what the calls share.

import path from 'node:path';
import { end_all, new_token, source_folder } from '../system/harness.mjs';
import { GraphPeer } from '../system/graph_peer.mjs';
import { city_with, waiting_resident, WhatsAppNumber } from '../system/people.mjs';
import { test } from '../system/runner.mjs';
import { Client } from './client.mjs';
import { Description } from './description.mjs';

export const description = new Description(path.join(source_folder, 'docs/openapi.yaml'));
export const number = new WhatsAppNumber();
export const gateway_secret = new_token();
export let people;
export let accounts;
export let client;
export let server;
export let peer;
let address = 0;

export async function set_up() {
  peer = await GraphPeer.start(number);
  const staff = [
    ['sari', 'agent', 'disdukcapil'],
    ['sinta', 'agent', 'disdukcapil'],
    ['budi', 'agent', 'dinkes'],
    ['dewi', 'editor'],
    ['hasan', 'supervisor'],
  ];
  const gateway = { kind: 'gateway', profile: 'fonnte', secret: gateway_secret, api_key: new_token() };
  ({ server, accounts, people } = await city_with(staff, {
    server: { trusted_proxies: '127.0.0.1' },
    channels: { wa: number.settings(peer, { link: 'https://wa.me/15550100' }), gw: { ...gateway, api_base: 'http://127.0.0.1:9' } },
  }));
  client = new Client(description, server);
}

export const call = (id, options) => client.call(id, options);

/** A case made of calls: it fails with every disagreement that came up in it, so that one run shows them all. */
export function operations(name, body) {
  test(name, async () => {
    await client.collect(body);
  });
}

export const elsewhere = () => ({ 'X-Forwarded-For': `203.0.113.${(address += 1)}` });
export const bad = [400, 422]; // not JSON; JSON that cannot be accepted

export const waiting_conversation = () => waiting_resident(server, people.sari);

export const entry = (id, more = {}) => ({
  id,
  office: 'kominfo',
  title: `Layanan ${id}`,
  examples: [`bagaimana ${id}`],
  answer: { id: `Jawaban ${id}.` },
  ...more,
});

export async function tear_down() {
  await end_all();
  peer.stop();
}

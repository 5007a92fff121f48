// The four WhatsApp gateways, both sides of each: what they post when a resident writes, signed in their own ways, and
// the call with which they are made to send, strict. Forms: waha.devlike.pro/docs/how-to/events,
// aldinokemal/go-whatsapp-web-multidevice docs/webhook-payload.md and openapi.yaml, EvolutionAPI/evolution-api
// webhook.controller.ts, docs.fonnte.com.

import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import http from 'node:http';
import { new_phone, new_token, secret } from './harness.mjs';
import { request } from './http.mjs';

const our_number = '62542700100';
const base64url = (text) => Buffer.from(text).toString('base64url');
const hmac = (digest, key, bytes) => createHmac(digest, key).update(bytes).digest('hex');

/** HS256 with iat and ten minutes of life, as Evolution's webhook controller makes it. */
function evolution_token(key) {
  const iat = Math.floor(Date.now() / 1000);
  const signed = `${base64url('{"alg":"HS256","typ":"JWT"}')}.${base64url(
    JSON.stringify({ iat, exp: iat + 600, app: 'evolution', action: 'webhook' }),
  )}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}

// Each: settings() for the configuration; webhook() and signed() for what it posts; path, authorised(), body (exactly
// these members, each a text of this form) and good() for the call that sends.
const forms = {
  waha: {
    settings: (gateway) => ({ api_key: gateway.api_key, session: 'default' }),
    webhook: ({ phone, name }, { id, text, at }) => ({
      id: `evt_${id.toLowerCase()}`,
      timestamp: at,
      session: 'default',
      engine: 'NOWEB',
      event: 'message',
      me: { id: `${our_number}@c.us`, pushName: 'Kota Uji' },
      payload: {
        id: `false_${phone}@c.us_${id}`,
        timestamp: Math.floor(at / 1000),
        from: `${phone}@c.us`,
        fromMe: false,
        source: 'app',
        to: `${our_number}@c.us`,
        participant: null,
        body: text,
        hasMedia: false,
        media: null,
        ack: 1,
        ackName: 'SERVER',
        _data: { pushName: name },
      },
      environment: { version: '2026.7.1', engine: 'NOWEB', tier: 'CORE', browser: null },
    }),
    signed: (gateway, bytes) => ({
      'X-Webhook-Request-Id': randomBytes(8).toString('hex'),
      'X-Webhook-Timestamp': String(Date.now()),
      'X-Webhook-Hmac-Algorithm': 'sha512',
      'X-Webhook-Hmac': hmac('sha512', gateway.secret, bytes),
    }),
    path: () => '/api/sendText',
    authorised: (gateway, headers) => headers['x-api-key'] === gateway.api_key,
    body: { session: /^default$/, chatId: /^\d{6,20}@c\.us$/, text: /\S/ },
    contact: 'chatId',
    words: 'text',
    good: (body, id) => [201, { id: `true_${body.chatId}_${id}`, timestamp: Math.floor(Date.now() / 1000) }],
  },
  gowa: {
    settings: (gateway) => ({ username: 'kota', password: gateway.api_key, device_id: 'kota-1' }),
    webhook: ({ phone, name }, { id, text, at }) => ({
      event: 'message',
      device_id: `${our_number}@s.whatsapp.net`,
      payload: {
        id,
        chat_id: `${phone}@s.whatsapp.net`,
        from: `${phone}@s.whatsapp.net`,
        from_name: name,
        timestamp: new Date(at).toISOString(),
        is_from_me: false,
        body: text,
      },
    }),
    signed: (gateway, bytes) => ({ 'X-Hub-Signature-256': `sha256=${hmac('sha256', gateway.secret, bytes)}` }),
    path: () => '/send/message',
    authorised: (gateway, headers) =>
      headers.authorization === `Basic ${Buffer.from(`kota:${gateway.api_key}`).toString('base64')}` &&
      headers['x-device-id'] === 'kota-1',
    body: { phone: /^\d{6,20}@s\.whatsapp\.net$/, message: /\S/ },
    contact: 'phone',
    words: 'message',
    good: (_body, id) => [200, { code: 'SUCCESS', message: 'Success', results: { message_id: id, status: 'sent' } }],
  },
  evolution: {
    settings: (gateway) => ({ api_key: gateway.api_key, instance: 'kota' }),
    webhook: ({ phone, name }, { id, text, at }, gateway) => ({
      event: 'messages.upsert',
      instance: 'kota',
      data: {
        key: { remoteJid: `${phone}@s.whatsapp.net`, fromMe: false, id },
        pushName: name,
        status: 'DELIVERY_ACK',
        message: { conversation: text },
        messageType: 'conversation',
        messageTimestamp: Math.floor(at / 1000),
        instanceId: 'i-1',
        source: 'android',
      },
      date_time: new Date(at).toISOString(),
      sender: `${our_number}@s.whatsapp.net`,
      server_url: 'http://localhost:8080',
      apikey: gateway.api_key,
    }),
    signed: (gateway) => ({ Authorization: `Bearer ${evolution_token(gateway.secret)}` }),
    path: () => '/message/sendText/kota',
    authorised: (gateway, headers) => headers.apikey === gateway.api_key,
    body: { number: /^\d{6,20}$/, text: /\S/ },
    contact: 'number',
    words: 'text',
    good: (body, id) => [
      201,
      {
        key: { remoteJid: `${body.number}@s.whatsapp.net`, fromMe: true, id },
        message: { conversation: body.text },
        messageTimestamp: Math.floor(Date.now() / 1000),
        status: 'PENDING',
      },
    ],
  },
  fonnte: {
    settings: (gateway) => ({ api_key: gateway.api_key }),
    webhook: ({ phone, name }, { id, text, at }) => ({
      device: our_number,
      sender: phone,
      message: text,
      text: 'non-button message',
      member: '',
      name,
      location: '',
      pollname: '',
      choices: '',
      timestamp: Math.floor(at / 1000),
      inboxid: Number.parseInt(id.slice(4, 16), 16),
    }),
    signed: () => ({}),
    webhook_path: (gateway) => `/${gateway.secret}`,
    path: () => '/send',
    authorised: (gateway, headers) => headers.authorization === gateway.api_key,
    body: { target: /^\d{6,20}$/, message: /\S/ },
    contact: 'target',
    words: 'message',
    good: (body, id) => [
      200,
      { detail: 'success! message in queue', id: [id], process: 'pending', status: true, target: [body.target] },
    ],
  },
};

/** One gateway with what it and the server both know. */
export class Gateway {
  constructor(profile) {
    Object.assign(this, { profile, channel: profile, form: forms[profile] });
    this.secret = new_token();
    this.api_key = new_token();
    if (profile === 'gowa') secret(Buffer.from(`kota:${this.api_key}`).toString('base64'));
  }

  settings(peer, more = {}) {
    const { profile, form } = this;
    return { kind: 'gateway', profile, secret: this.secret, api_base: peer.api_base, ...form.settings(this), ...more };
  }

  post(server, body, { within } = {}) {
    const bytes = Buffer.from(JSON.stringify(body));
    const headers = { 'Content-Type': 'application/json', ...this.form.signed(this, bytes) };
    const url = `${server.url}/webhooks/${this.channel}${this.form.webhook_path?.(this) ?? ''}`;
    return request(url, { method: 'POST', headers, body: bytes, within });
  }
}

let counter = 0;

export class GatewayResident {
  constructor(gateway, { name = `Warga ${++counter}`, phone = new_phone() } = {}) {
    Object.assign(this, { gateway, name, phone });
  }

  /** A webhook with a message of words; the id is new. */
  text(text) {
    const id = `3EB0${randomBytes(9).toString('hex').toUpperCase()}`;
    return this.gateway.form.webhook(this, { id, text, at: Date.now() }, this.gateway);
  }

  async say(server, text) {
    const answer = await this.gateway.post(server, this.text(text));
    assert.equal(answer.status, 200, `the webhook answered ${answer.status}: ${answer.text}`);
  }
}

/** What the gateway would refuse in this body. */
export function send_faults(profile, body) {
  const { body: members } = forms[profile];
  const faults = Object.keys(body)
    .filter((key) => !(key in members))
    .map((key) => `the unknown member ${key}`);
  for (const [key, form] of Object.entries(members)) {
    if (typeof body[key] !== 'string' || !form.test(body[key])) faults.push(`${key} is not of the form ${form}`);
    else if ([...body[key]].length > 4096) faults.push(`${key} is longer than 4096 characters`);
  }
  return faults;
}

export class GatewayPeer {
  /** `fault(call)` as in graph_peer.mjs: { status, body?, headers? }, { hang }, { drop }, { late_ms }. */
  static start(gateway, { fault = () => undefined } = {}) {
    const peer = new GatewayPeer();
    Object.assign(peer, { gateway, fault, calls: [], accepted: [], violations: [] });
    peer.server = http.createServer((incoming, outgoing) => {
      const parts = [];
      incoming.on('data', (part) => parts.push(part));
      incoming.on('error', () => {});
      outgoing.on('error', () => {});
      incoming.on('end', () => peer.#answer(incoming, outgoing, Buffer.concat(parts).toString('utf8')));
    });
    return new Promise((resolve) => {
      peer.server.listen(0, '127.0.0.1', () => {
        peer.api_base = `http://127.0.0.1:${peer.server.address().port}`;
        resolve(peer);
      });
    });
  }

  #answer(incoming, outgoing, text) {
    const { form, profile } = this.gateway;
    const reply = (status, body, headers = {}) => {
      outgoing.writeHead(status, { 'Content-Type': 'application/json', ...headers });
      outgoing.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
    const refuse = (status, what) => {
      this.violations.push(`${profile}: ${what}`);
      reply(status, { message: what });
    };
    if (incoming.method !== 'POST' || incoming.url !== form.path())
      return refuse(404, `${incoming.method} ${incoming.url} is no call that sends`);
    if (!form.authorised(this.gateway, incoming.headers)) return refuse(401, 'a call without the right key');
    const call = { at: Date.now() };
    try {
      call.body = JSON.parse(text);
    } catch {
      return refuse(400, `not JSON: ${text.slice(0, 200)}`);
    }
    this.calls.push(call);
    const faults = send_faults(profile, call.body);
    if (faults.length > 0) return refuse(400, `${faults.join(', ')}: ${text.slice(0, 300)}`);
    const fault = this.fault(call) ?? {};
    if (fault.hang) return undefined;
    if (fault.drop === 'before') return incoming.socket.destroy();
    if (fault.status !== undefined) return reply(fault.status, fault.body ?? '', fault.headers);
    call.id = `3EB0${randomBytes(9).toString('hex').toUpperCase()}`;
    this.accepted.push(call);
    if (fault.drop === 'after') return incoming.socket.destroy();
    const good = () => reply(...form.good(call.body, call.id));
    return fault.late_ms ? setTimeout(good, fault.late_ms).unref() : good();
  }

  /** The number a call is for, and its words. */
  contact_of = (call) => call.body[this.gateway.form.contact].split('@')[0];
  words_of = (call) => call.body[this.gateway.form.words];

  stop() {
    this.server.closeAllConnections?.();
    this.server.close();
  }
}

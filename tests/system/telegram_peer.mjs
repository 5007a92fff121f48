// Telegram's Bot API (core.telegram.org/bots/api) as far as the server uses it, strict, with its queue of updates for
// getUpdates: what is confirmed by an offset is gone, one poller at a time, none while a webhook is set.

import http from 'node:http';
import { read_form } from './files.mjs';

const allowed_tags = new Set([
  'b',
  'strong',
  'i',
  'em',
  'u',
  'ins',
  's',
  'strike',
  'del',
  'code',
  'pre',
  'a',
  'blockquote',
  'tg-spoiler',
  'span',
]);

/** Text without its HTML, or what Telegram would complain of. */
export function plain_of(html) {
  const open = [];
  let plain = '';
  let at = 0;
  while (at < html.length) {
    const c = html[at];
    if (c === '<') {
      const tag = /^<(\/?)([a-z-]+)((?:\s+[a-z-]+(?:="[^"]*")?)*)>/.exec(html.slice(at));
      if (!tag || !allowed_tags.has(tag[2]))
        return { fault: `can't parse entities: unsupported start tag at byte offset ${at}` };
      if (!tag[1]) open.push(tag[2]);
      else if (open.pop() !== tag[2]) return { fault: `can't parse entities: unmatched end tag at byte offset ${at}` };
      at += tag[0].length;
    } else if (c === '&') {
      const entity = /^&(lt|gt|amp|quot|#\d+|#x[0-9a-f]+);/i.exec(html.slice(at));
      if (!entity) return { fault: `an unescaped ampersand at ${at}` };
      const named = { lt: '<', gt: '>', amp: '&', quot: '"' }[entity[1].toLowerCase()];
      plain +=
        named ??
        String.fromCodePoint(entity[1][1] === 'x' ? parseInt(entity[1].slice(2), 16) : Number(entity[1].slice(1)));
      at += entity[0].length;
    } else if (c === '>') {
      return { fault: `an unescaped > at ${at}` };
    } else {
      plain += c;
      at += 1;
    }
  }
  return open.length > 0 ? { fault: `can't parse entities: ${open[0]} is not closed` } : { plain };
}

export function send_message_faults(body) {
  const faults = [];
  const need = (good, what) => {
    if (!good) faults.push(what);
  };
  need(Number.isSafeInteger(body.chat_id), 'chat_id is no integer');
  need(typeof body.text === 'string', 'text is missing');
  need(body.parse_mode === undefined || body.parse_mode === 'HTML', `parse_mode ${body.parse_mode}`);
  const { plain, fault } = body.parse_mode === 'HTML' ? plain_of(body.text ?? '') : { plain: body.text ?? '' };
  if (fault) need(false, fault);
  else need(plain.trim().length >= 1 && plain.length <= 4096, `text has ${plain.length} UTF-16 units`);
  for (const row of body.reply_markup?.inline_keyboard ?? []) {
    for (const button of row) {
      const kinds = Object.keys(button).filter((key) => key !== 'text');
      need(typeof button.text === 'string' && button.text.trim() !== '', 'a button without text');
      need(kinds.length === 1, `a button with ${kinds.length} kinds`);
      const bytes = Buffer.byteLength(button.callback_data ?? '');
      if ('callback_data' in button) need(bytes >= 1 && bytes <= 64, `callback_data has ${bytes} bytes`);
    }
  }
  if (body.reply_parameters) need(body.reply_parameters.message_id > 0, 'reply_parameters.message_id');
  return faults;
}

/** Text fields of a form as they would stand in JSON; the file becomes `call.file`. */
function fields_of(call, form) {
  const body = {};
  for (const [name, part] of Object.entries(form)) {
    if (part.text === undefined) {
      call.file = { field: name, ...part };
      body[name] = `attach://${name}`;
    } else body[name] = name === 'reply_parameters' ? JSON.parse(part.text) : part.text;
  }
  return body;
}

function send_other_faults({ method, body, file }) {
  const faults = [];
  const need = (good, what) => {
    if (!good) faults.push(what);
  };
  need(/^\d+$/.test(String(body.chat_id)), 'chat_id');
  if (method === 'sendVenue') {
    need(Math.abs(body.latitude) <= 90 && Math.abs(body.longitude) <= 180, 'not on the globe');
    need(body.title?.trim() && body.address?.trim(), 'a venue needs title and address');
    return faults;
  }
  const field = method === 'sendPhoto' ? 'photo' : 'document';
  need(file?.field === field && file.bytes.length > 0 && file.filename, `no file in ${field}`);
  if (body.caption === undefined) return faults;
  const { plain, fault } = body.parse_mode === 'HTML' ? plain_of(body.caption) : { plain: body.caption };
  need(!fault && plain.length <= 1024, fault ?? `caption has ${plain.length} UTF-16 units`);
  return faults;
}

export class TelegramPeer {
  /** `fault(call)` as in graph_peer.mjs: { status, body?, headers? }, { hang }, { drop }, { late_ms }. */
  static start({ bot_token, fault = () => undefined }) {
    const peer = new TelegramPeer();
    Object.assign(peer, { bot_token, fault });
    peer.calls = [];
    peer.sent = []; // sendMessage calls that were accepted, with .result
    peer.acknowledged = []; // ids of answered callback queries
    peer.violations = [];
    peer.updates = []; // waiting for getUpdates
    peer.files = new Map(); // file_id → bytes of a file that a resident sent
    peer.confirmed_to = 0;
    peer.webhook = null;
    peer.last_error = null; // { at: ms, message }: how its last delivery to us failed
    peer.unresolvable = [];
    peer.waiting = null;
    peer.message_id = 1000;
    peer.server = http.createServer((incoming, outgoing) => {
      const parts = [];
      incoming.on('data', (part) => parts.push(part));
      incoming.on('error', () => {});
      outgoing.on('error', () => {});
      incoming.on('end', () => peer.#answer(incoming, outgoing, Buffer.concat(parts)));
    });
    return new Promise((resolve) => {
      peer.server.listen(0, '127.0.0.1', () => {
        peer.api_base = `http://127.0.0.1:${peer.server.address().port}`;
        resolve(peer);
      });
    });
  }

  #answer(incoming, outgoing, bytes) {
    const text = bytes.toString('utf8');
    const reply = (status, body, headers = {}) => {
      outgoing.writeHead(status, { 'Content-Type': 'application/json', ...headers });
      outgoing.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body));
    };
    const file = /^\/file\/bot([^/]+)\/(.+)$/.exec(incoming.url);
    if (file) {
      const held = file[1] === this.bot_token ? this.files.get(file[2]) : undefined;
      return held ? reply(200, held, { 'Content-Type': 'application/octet-stream' }) : reply(404, 'Not Found');
    }
    const good = (result) => reply(200, { ok: true, result });
    const bad = (status, description, parameters) =>
      reply(status, { ok: false, error_code: status, description, ...(parameters ? { parameters } : {}) });
    const route = /^\/bot([^/]+)\/([A-Za-z]+)$/.exec(incoming.url);
    if (!route || !/^\d+:[\w-]+$/.test(route[1])) {
      this.violations.push(`no such bot or method: ${incoming.url}`);
      return bad(404, 'Not Found');
    }
    if (route[1] !== this.bot_token) {
      this.violations.push('a call with a token nobody knows');
      return bad(401, 'Unauthorized');
    }
    const call = { at: Date.now(), method: route[2] };
    try {
      call.body = text === '' ? {} : (incoming.headers['content-type'] ?? '').startsWith('multipart/') ? fields_of(call, read_form(incoming.headers, bytes)) : JSON.parse(text);
    } catch (error) {
      this.violations.push(`neither JSON nor a form (${error.message}): ${text.slice(0, 200)}`);
      return bad(400, 'Bad Request: not JSON');
    }
    this.calls.push(call);
    const fault = this.fault(call) ?? {};
    if (fault.hang) return undefined;
    if (fault.drop === 'before') return incoming.socket.destroy();
    if (fault.status !== undefined) return reply(fault.status, fault.body ?? '', fault.headers);
    switch (call.method) {
      case 'sendMessage':
        return this.#send_message(call, {
          good: fault.late_ms ? (result) => void setTimeout(() => good(result), fault.late_ms).unref() : good,
          bad,
          drop: fault.drop === 'after' ? () => incoming.socket.destroy() : undefined,
        });
      case 'answerCallbackQuery':
        if (typeof call.body.callback_query_id !== 'string') this.violations.push('answerCallbackQuery without an id');
        this.acknowledged.push(call.body.callback_query_id);
        return good(true);
      case 'getUpdates':
        return this.#get_updates(call, outgoing, { good, bad });
      case 'setWebhook':
        return this.#set_webhook(call, { good, bad });
      case 'deleteWebhook':
        this.webhook = null;
        if (call.body.drop_pending_updates) this.updates = [];
        return good(true);
      case 'getWebhookInfo':
        return good({
          url: this.webhook?.url ?? '',
          has_custom_certificate: false,
          pending_update_count: this.updates.length,
          ...(this.webhook ? { max_connections: this.webhook.max_connections ?? 40 } : {}),
          ...(this.webhook?.allowed_updates ? { allowed_updates: this.webhook.allowed_updates } : {}),
          ...(this.last_error
            ? { last_error_date: Math.floor(this.last_error.at / 1000), last_error_message: this.last_error.message }
            : {}),
        });
      case 'getMe':
        return good({
          id: Number(this.bot_token.split(':')[0]),
          is_bot: true,
          first_name: 'Sahut',
          username: 'sahut_uji_bot',
        });
      case 'sendChatAction':
        if (call.body.action !== 'typing' || !Number.isSafeInteger(call.body.chat_id)) this.violations.push('sendChatAction');
        return good(true);
      case 'getFile': {
        const held = this.files.has(call.body.file_id);
        if (!held) return bad(400, 'Bad Request: wrong file_id or the file is temporarily unavailable');
        return good({ file_id: call.body.file_id, file_path: call.body.file_id });
      }
      case 'sendPhoto':
      case 'sendDocument':
      case 'sendVenue':
        return this.#send_other(call, { good, bad });
      default:
        this.violations.push(`${call.method} is not used by this product`);
        return bad(404, 'Not Found');
    }
  }

  /** What Telegram checks before it takes an address; `unresolvable` holds host names it does not find. */
  #set_webhook(call, { good, bad }) {
    const { url, secret_token, max_connections = 40, allowed_updates } = call.body;
    const refuse = (why) => bad(400, `Bad Request: ${why}`);
    if (url === '') {
      this.webhook = null;
      return good(true);
    }
    const address = new URL(url);
    if (address.protocol !== 'https:') return refuse('bad webhook: HTTPS url must be provided for webhook');
    if (!['', '443', '80', '88', '8443'].includes(address.port))
      return refuse('bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443');
    if (this.unresolvable.includes(address.hostname))
      return refuse('bad webhook: Failed to resolve host: Name or service not known');
    if (/^(10|127)\.|^192\.168\./.test(address.hostname))
      return refuse(`bad webhook: IP address ${address.hostname} is reserved`);
    if (secret_token !== undefined && !/^[\w-]{1,256}$/.test(secret_token))
      return refuse('secret token contains unallowed characters');
    if (max_connections < 1 || max_connections > 100) this.violations.push(`max_connections ${max_connections}`);
    if (allowed_updates !== undefined && !Array.isArray(allowed_updates)) this.violations.push('allowed_updates');
    this.webhook = call.body;
    return good(true);
  }

  #send_message(call, { good, bad, drop }) {
    const faults = send_message_faults(call.body);
    if (faults.length > 0) {
      this.violations.push(...faults.map((one) => `${one}: ${JSON.stringify(call.body).slice(0, 300)}`));
      return bad(400, `Bad Request: ${faults[0]}`);
    }
    call.result = {
      message_id: ++this.message_id,
      chat: { id: call.body.chat_id, type: 'private' },
      date: Math.floor(Date.now() / 1000),
      text: call.body.text,
    };
    this.sent.push(call);
    return drop ? drop() : good(call.result);
  }

  #send_other(call, { good, bad }) {
    const faults = send_other_faults(call);
    if (faults.length > 0) {
      this.violations.push(...faults.map((one) => `${call.method}: ${one}`));
      return bad(400, `Bad Request: ${faults[0]}`);
    }
    call.body.chat_id = Number(call.body.chat_id);
    call.result = {
      message_id: ++this.message_id,
      chat: { id: call.body.chat_id, type: 'private' },
      date: Math.floor(Date.now() / 1000),
    };
    this.sent.push(call);
    return good(call.result);
  }

  #get_updates(call, outgoing, { good, bad }) {
    if (this.webhook)
      return bad(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      );
    if (this.waiting) {
      this.waiting.refuse();
      this.violations.push('two pollers at once');
    }
    const { offset = 0, limit = 100, timeout = 0 } = call.body;
    if (limit < 1 || limit > 100) this.violations.push(`limit ${limit}`);
    if (timeout > 50) this.violations.push(`timeout ${timeout}`);
    if (offset > 0) {
      this.confirmed_to = Math.max(this.confirmed_to, offset - 1);
      this.updates = this.updates.filter((update) => update.update_id >= offset);
    }
    const give = () => {
      this.waiting = null;
      good(this.updates.slice(0, limit));
    };
    if (this.updates.length > 0 || timeout === 0) return give();
    const timer = setTimeout(give, timeout * 1000);
    timer.unref();
    const mine = {
      give: () => {
        clearTimeout(timer);
        give();
      },
      refuse: () => {
        clearTimeout(timer);
        this.waiting = null;
        bad(409, 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running');
      },
    };
    this.waiting = mine;
    outgoing.on('close', () => {
      clearTimeout(timer);
      if (this.waiting === mine) this.waiting = null;
    });
    return undefined;
  }

  /** A resident wrote: waits for the next getUpdates. */
  queue(...updates) {
    this.updates.push(...updates);
    this.waiting?.give();
  }

  to(resident) {
    return this.sent.filter((call) => call.body.chat_id === resident.id);
  }

  stop() {
    this.server.closeAllConnections?.();
    this.server.close();
  }
}

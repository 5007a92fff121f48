// Talking to the server as any client does: whole requests, raw bytes, and event streams.

import http from 'node:http';
import net from 'node:net';

const agent = new http.Agent({ keepAlive: true, maxSockets: 128 });

/** What came back. `json` parses on demand, so that a test of bytes does not need JSON. */
export class Answer {
  constructor(status, headers, bytes) {
    this.status = status;
    this.headers = headers;
    this.bytes = bytes;
  }
  get text() {
    return this.bytes.toString('utf8');
  }
  get json() {
    try {
      return JSON.parse(this.text);
    } catch {
      throw new Error(`status ${this.status}, but this is not JSON: ${this.text.slice(0, 300)}`);
    }
  }
}

/**
 * One request. An object as body is sent as JSON; bytes and texts are sent as they are. Rejects when no whole answer
 * came within `within` milliseconds, or the line broke.
 */
export function request(url, { method = 'GET', headers = {}, body, within = 20_000 } = {}) {
  const bytes =
    body === undefined
      ? undefined
      : Buffer.isBuffer(body) || typeof body === 'string'
        ? Buffer.from(body)
        : Buffer.from(JSON.stringify(body));
  const all = { ...headers };
  if (bytes !== undefined) {
    all['Content-Length'] ??= bytes.length;
    if (!Object.keys(all).some((name) => name.toLowerCase() === 'content-type')) {
      all['Content-Type'] = 'application/json';
    }
  }
  return new Promise((resolve, reject) => {
    const call = http.request(url, { method, headers: all, agent }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => resolve(new Answer(response.statusCode, response.headers, Buffer.concat(parts))));
      response.on('error', reject);
    });
    call.setTimeout(within, () => call.destroy(new Error(`no answer to ${method} ${url} after ${within} ms`)));
    call.on('error', reject);
    call.end(bytes);
  });
}

/** Writes raw bytes to the port and gives all that came back until the server closed, or `until` is seen in it. */
export function raw(port, chunks, { until, within = 15_000 } = {}) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1');
    let text = '';
    const end = (error) => {
      clearTimeout(timer);
      socket.destroy();
      if (error) reject(error);
      else resolve(text);
    };
    const timer = setTimeout(
      () => end(new Error(`no end of the answer after ${within} ms; so far: ${text.slice(0, 200)}`)),
      within,
    );
    socket.on('connect', () => {
      for (const chunk of [chunks].flat()) socket.write(chunk);
    });
    socket.on('data', (part) => {
      text += part.toString('latin1');
      if (until && text.includes(until)) end();
    });
    socket.on('close', () => end());
    socket.on('error', (error) => (text ? end() : end(error)));
  });
}

/** Polls until `condition` gives something true, and gives that. */
export async function wait_until(condition, { within = 15_000, what = 'the condition' } = {}) {
  const start = Date.now();
  let last;
  while (Date.now() - start < within) {
    try {
      const value = await condition();
      if (value) return value;
      last = undefined;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  throw new Error(`${what}: not within ${within} ms${last ? ` (${last.message})` : ''}`);
}

/** A stream of server-sent events, read as a browser's EventSource does. `all` keeps every event in order. */
export class Events {
  /** Rejects with the answer's status if it is no stream. `last_id` is what a reconnecting page sends. */
  static open(url, { headers = {}, last_id } = {}) {
    const all = { Accept: 'text/event-stream', ...headers };
    if (last_id !== undefined) all['Last-Event-ID'] = String(last_id);
    return new Promise((resolve, reject) => {
      const call = http.request(url, { headers: all, agent: false }, (response) => {
        if (response.statusCode !== 200) {
          response.resume();
          reject(new Error(`status ${response.statusCode} instead of an event stream at ${url}`));
          return;
        }
        resolve(new Events(call, response));
      });
      call.on('error', reject);
      call.end();
    });
  }

  constructor(call, response) {
    this.call = call;
    this.type = response.headers['content-type'];
    this.all = [];
    this.ended = false;
    this.taken = 0;
    let rest = '';
    response.setEncoding('utf8');
    response.on('data', (part) => {
      rest += part;
      let end;
      while ((end = rest.indexOf('\n\n')) >= 0) {
        this.#take(rest.slice(0, end));
        rest = rest.slice(end + 2);
      }
    });
    response.on('close', () => (this.ended = true));
    response.on('error', () => (this.ended = true));
    call.removeAllListeners('error');
    call.on('error', () => (this.ended = true));
  }

  #take(block) {
    const event = { id: undefined, event: 'message', data: '' };
    for (const line of block.split('\n')) {
      const colon = line.indexOf(':');
      if (colon <= 0) continue;
      const value = line.slice(colon + 1).replace(/^ /, '');
      const name = line.slice(0, colon);
      if (name === 'data') event.data += (event.data ? '\n' : '') + value;
      else if (name === 'id' || name === 'event') event[name] = value;
    }
    if (event.data === '') return;
    event.json = JSON.parse(event.data);
    this.all.push(event);
  }

  /** The first event not given before that matches. */
  async next(matches = () => true, { within = 15_000, what = 'an event' } = {}) {
    return wait_until(
      () => {
        for (; this.taken < this.all.length; this.taken += 1) {
          if (matches(this.all[this.taken])) return this.all[this.taken++];
        }
        return undefined;
      },
      { within, what },
    );
  }

  get last_id() {
    return this.all.filter((event) => event.id !== undefined).at(-1)?.id;
  }

  close() {
    this.call.destroy();
  }
}

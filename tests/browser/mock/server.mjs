// A server for the pages with states that no demo reaches on its own: dead letters, a closed window, an emergency. It serves
// web/dist under the same policy as the real one and answers the few routes that the pages of these tests call.
import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Events } from './events.mjs';
import { routes } from './routes.mjs';
import { World } from './world.mjs';

const dist = fileURLToPath(new URL('../../../web/dist/', import.meta.url));
const types = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json',
};
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'";
const pages = { '/': 'index.html', '/chat': 'chat.html', '/desk': 'desk.html', '/admin': 'admin.html', '/insight': 'insight.html', '/demo': 'demo.html' };

export class MockServer {
  /** `allowed_origins`: other origins that may call the chat. */
  static async start({ allowed_origins = [] } = {}) {
    const mock = new MockServer();
    mock.world = new World();
    mock.events = new Events();
    mock.allowed_origins = allowed_origins;
    mock.server = createServer((request, response) => void mock.#answer(request, response));
    await new Promise((done) => mock.server.listen(0, '127.0.0.1', done));
    mock.url = `http://127.0.0.1:${mock.server.address().port}`;
    return mock;
  }

  async close() {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  async #answer(request, response) {
    const url = new URL(request.url, this.url);
    try {
      if (url.pathname.startsWith('/api/v1/chat/') && this.#otherOrigin(request, response)) return;
      const found = routes.find(([method, pattern]) => method === request.method && pattern.test(url.pathname));
      if (found === undefined) {
        this.#file(url.pathname, response);
        return;
      }
      const [, pattern, act] = found;
      const bytes = await read(request);
      const body = request.headers['content-type'] === 'application/json' ? JSON.parse(bytes.toString('utf8')) : {};
      const groups = pattern.exec(url.pathname).slice(1).map(decodeURIComponent);
      const { status, json, text, type, headers } = await act({ mock: this, world: this.world, events: this.events, request, response, url, body, bytes, groups });
      if (status === 'streams') return;
      const problem = status >= 400;
      response.writeHead(status, {
        'Content-Type': type ?? (problem ? 'application/problem+json' : 'application/json'), 'Cache-Control': 'no-store', ...headers,
      });
      response.end(text ?? (json === undefined ? '' : JSON.stringify(json)));
    } catch (failure) {
      console.error(`mock: ${request.method} ${url.pathname}:`, failure);
      response.writeHead(500).end();
    }
  }

  /** Answers a preflight; true if the request is dealt with. */
  #otherOrigin(request, response) {
    const origin = request.headers.origin;
    if (origin !== undefined && this.allowed_origins.includes(origin)) {
      response.setHeader('Access-Control-Allow-Origin', origin);
      response.setHeader('Vary', 'Origin');
    }
    if (request.method !== 'OPTIONS') return false;
    response.setHeader('Access-Control-Allow-Methods', 'GET, POST');
    response.setHeader('Access-Control-Allow-Headers', 'Content-Type');
    response.writeHead(204).end();
    return true;
  }

  #file(path, response) {
    const file = normalize(pages[path] ?? path.slice(1));
    const full = join(dist, file);
    if (file.startsWith('..') || !existsSync(full) || extname(full) === '') {
      response.writeHead(404, { 'Content-Type': 'application/problem+json' }).end('{}');
      return;
    }
    response.writeHead(200, { 'Content-Type': types[extname(full)] ?? 'text/plain', 'Content-Security-Policy': policy });
    response.end(readFileSync(full));
  }
}

function read(request) {
  return new Promise((done, failed) => {
    const parts = [];
    request.on('data', (part) => parts.push(part)).on('end', () => done(Buffer.concat(parts))).on('error', failed);
  });
}

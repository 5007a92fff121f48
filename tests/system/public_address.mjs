// The city's public address without the internet: an https front for one host name, and the proxy through which a
// command reaches it (HTTPS_PROXY). The front passes on to a server, or behaves as what people really find there.

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import path from 'node:path';
import { new_folder } from './harness.mjs';

const openssl = (...args) => execFileSync('openssl', args, { stdio: 'pipe' });

/** A certificate authority of this run, and a certificate of `host` that it signed. */
function certificates(host) {
  const folder = new_folder();
  const file = (name) => path.join(folder, name);
  const new_key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-x509', ...new_key, '-keyout', file('ca.key'), '-out', file('ca.pem'), '-days', '2', '-subj', '/CN=CA Uji');
  openssl('req', ...new_key, '-keyout', file('host.key'), '-out', file('host.csr'), '-subj', `/CN=${host}`);
  fs.writeFileSync(file('host.ext'), `subjectAltName=DNS:${host}\n`);
  openssl(
    ...['x509', '-req', '-in', file('host.csr'), '-CA', file('ca.pem'), '-CAkey', file('ca.key'), '-CAcreateserial'],
    ...['-days', '2', '-extfile', file('host.ext'), '-out', file('host.pem')],
  );
  return { ca_file: file('ca.pem'), key: fs.readFileSync(file('host.key')), cert: fs.readFileSync(file('host.pem')) };
}

export const html = '<!doctype html><title>Situs lain</title><p>Selamat datang</p>';
const page = (status, headers = {}) => (_, answer) => {
  answer.writeHead(status, { 'Content-Type': 'text/html; charset=UTF-8', Server: 'nginx', ...headers });
  answer.end(html);
};

export class PublicAddress {
  static async start(host = 'kota.example') {
    const address = new PublicAddress();
    address.host = host;
    address.url = `https://${host}`;
    const { ca_file, key, cert } = certificates(host);
    address.ca_file = ca_file;
    address.behave = () => {};
    address.front = https.createServer({ key, cert }, (request, answer) => address.behave(request, answer));
    address.proxy = http.createServer();
    address.proxy.on('connect', (request, socket) => address.#tunnel(request, socket));
    for (const server of [address.front, address.proxy]) {
      await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
      server.unref();
    }
    return address;
  }

  #tunnel(request, socket) {
    socket.on('error', () => {});
    if (request.url !== `${this.host}:443`) return socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    const onward = net.connect(this.front.address().port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('close', () => onward.destroy());
    return undefined;
  }

  /** The surroundings of a command that reaches this address; without `trust` its certificate is a stranger's. */
  env({ trust = true } = {}) {
    return {
      HTTPS_PROXY: `http://127.0.0.1:${this.proxy.address().port}`,
      ...(trust ? { SSL_CERT_FILE: this.ca_file } : {}),
    };
  }

  // ---- what is found there

  /** A reverse proxy that does its work. */
  pass_to(server) {
    this.behave = (request, answer) => {
      const onward = http.request(
        { host: '127.0.0.1', port: server.port, path: request.url, method: request.method, headers: request.headers },
        (reply) => {
          answer.writeHead(reply.statusCode, reply.headers);
          reply.pipe(answer);
        },
      );
      onward.on('error', () => page(502)(request, answer));
      request.pipe(onward);
    };
  }
  another_site() {
    this.behave = page(200);
  }
  firewall() {
    this.behave = page(403, { Server: 'cloudflare' });
  }
  redirect() {
    this.behave = page(301, { Location: `https://www.${this.host}/` });
  }
  not_found() {
    this.behave = page(404);
  }
  login() {
    this.behave = page(401, { 'WWW-Authenticate': 'Basic realm="kota"' });
  }
  nothing_behind() {
    this.behave = page(502);
  }
  silent() {
    this.behave = () => {};
  }
  /** A proxy that puts something into every answer. */
  change_answers_of(server) {
    this.pass_to(server);
    const pass = this.behave;
    this.behave = (request, answer) => {
      const end = answer.write.bind(answer);
      answer.writeHead = ((original) => (status, headers) => {
        const { 'content-length': _, ...rest } = headers;
        return original(status, rest);
      })(answer.writeHead.bind(answer));
      answer.write = (part) => end(`<!-- disisipkan -->${part}`);
      pass(request, answer);
    };
  }

  stop() {
    this.front.closeAllConnections?.();
    this.front.close();
    this.proxy.close();
  }
}

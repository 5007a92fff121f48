// The real binary on a free port with a data folder of its own: started, watched, ended, killed, started again.
//
// SAHUT_BINARY names the program (default build/release/sahut). Everything is on 127.0.0.1. Whatever a test makes up
// that must never be logged (numbers, tokens, passwords) goes through secret(); nothing_leaked() looks for all of it in
// what the servers wrote.

import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { request, wait_until } from './http.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
export const source_folder = path.resolve(here, '../..');
export const fixtures = path.join(here, 'fixtures');
export const binary = path.resolve(process.env.SAHUT_BINARY ?? path.join(source_folder, 'build/release/sahut'));

if (!fs.existsSync(binary)) {
  console.log(`not ok - ${binary} does not exist; build it or set SAHUT_BINARY`);
  process.exit(1);
}

/** Built with AddressSanitizer or ThreadSanitizer: slower and larger by a factor that says nothing about the product. */
export const sanitized = /__[at]san_init/.test(fs.readFileSync(binary, 'latin1'));
/** What a limit of time in a test is multiplied by. */
export const patience = sanitized ? 6 : 1;

// ---- what must not be logged

const secrets = new Set();
let number_seed = 8_000_000 + Math.floor(Math.random() * 900_000);

/** Remembers a text that no log may hold, and gives it back. */
export function secret(text) {
  secrets.add(String(text));
  return text;
}
/** A mobile number nobody else of this run has, as Meta writes it. */
export const new_phone = () => secret(`62813${++number_seed}0`.padEnd(13, '7'));
/** A Telegram user id, likewise. */
export const new_chat_id = () => Number(secret(String(7_000_000_000 + ++number_seed)));
export const new_password = () => secret(`kata-sandi-${randomBytes(9).toString('hex')}`);
export const new_token = (prefix = '') => secret(prefix + randomBytes(18).toString('hex'));

// ---- folders, removed at the end

const folders = [];
process.on('exit', () => {
  for (const folder of folders) {
    if (process.env.SAHUT_KEEP) console.log(`# kept: ${folder}`);
    else fs.rmSync(folder, { recursive: true, force: true });
  }
});
export function new_folder() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sahut-system-'));
  folders.push(folder);
  return folder;
}

/** A port nobody listens on at this moment. */
export function free_port() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

// ---- configuration

const toml_value = (value) =>
  Array.isArray(value)
    ? `[${value.map(toml_value).join(', ')}]`
    : typeof value === 'string'
      ? JSON.stringify(value)
      : String(value);

/** { server: {…}, channels: { name: {…} } } as TOML. */
export function toml(config) {
  const lines = [];
  const section = (name, keys) => {
    lines.push(`[${name}]`);
    for (const [key, value] of Object.entries(keys)) lines.push(`${key} = ${toml_value(value)}`);
  };
  for (const [name, keys] of Object.entries(config)) {
    if (name !== 'channels') section(name, keys);
  }
  for (const [name, keys] of Object.entries(config.channels ?? {})) section(`channels.${name}`, keys);
  return `${lines.join('\n')}\n`;
}

/** The surroundings of a child: nobody's proxies, nobody's SAHUT_ variables. */
function surroundings(extra = {}) {
  const kept = Object.entries(process.env).filter(([name]) => !/^SAHUT_|_proxy$/i.test(name));
  return { ...Object.fromEntries(kept), ...extra };
}

// ---- one-off commands

/** Runs `sahut ARGUMENTS…` to its end; never throws for its status. */
export function sahut(args, { input, env, within = 60_000 } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(binary, args, { env: surroundings(env), stdio: ['pipe', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    const timer = setTimeout(() => child.kill('SIGKILL'), within);
    child.stdout.on('data', (part) => (stdout += part));
    child.stderr.on('data', (part) => (stderr += part));
    child.on('error', reject);
    child.stdin.on('error', () => {});
    child.on('close', (status, signal) => {
      clearTimeout(timer);
      resolve({ status, signal, stdout, stderr });
    });
    child.stdin.end(input ?? '');
  });
}

/** The same, for steps that must work. */
export async function sahut_ok(args, options) {
  const done = await sahut(args, options);
  if (done.status !== 0)
    throw new Error(`sahut ${args.join(' ')} ended with ${done.status ?? done.signal}: ${done.stderr}`);
  return done;
}

/** The small city of fixtures/ and its entries in a data folder. */
export async function fill(folder) {
  await sahut_ok(['city', 'import', path.join(fixtures, 'city.json'), '--data', folder]);
  await sahut_ok(['knowledge', 'import', path.join(fixtures, 'knowledge.json'), '--data', folder]);
}

/** Somebody who can sign in; gives name and password. */
export async function add_user(folder, name, role, office) {
  const password = new_password();
  const where = office ? ['--office', office] : [];
  await sahut_ok(['user', 'add', name, '--role', role, ...where, '--data', folder], { input: `${password}\n` });
  return { name, password, role, office: office ?? null };
}

// ---- the server

const servers = [];

export class Server {
  /** Not yet started. `config` as for toml(); `command` is serve or demo. */
  constructor({ folder = new_folder(), config, command = 'serve', args = [], env = {} } = {}) {
    this.folder = folder;
    this.command = command;
    this.args = args;
    this.env = env;
    this.log = '';
    this.runs = 0;
    this.config_file = undefined;
    if (config) this.configure(config);
    servers.push(this);
  }

  static async start(options) {
    const server = new Server(options);
    await server.start();
    return server;
  }

  configure(config) {
    this.config_file ??= path.join(new_folder(), 'sahut.toml');
    fs.writeFileSync(this.config_file, toml(config), { mode: 0o600 });
  }

  /** Starts, or starts again, and waits for /readyz; gives the milliseconds from the start of the process. */
  async start({ within = 60_000 } = {}) {
    const config = this.config_file ? ['--config', this.config_file] : [];
    const args = [this.command, '--data', this.folder, '--listen', '127.0.0.1:0', ...config, ...this.args];
    const begin = process.hrtime.bigint();
    const from = this.log.length;
    this.child = spawn(binary, args, { env: surroundings(this.env), stdio: ['ignore', 'pipe', 'pipe'] });
    this.runs += 1;
    const child = this.child;
    let over;
    this.ended = new Promise((resolve) => {
      child.on('close', (status, signal) => {
        over = { status, signal };
        if (!child.asked_to_end) this.died = over;
        resolve(over);
      });
    });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (this.log += part));
    await wait_until(
      async () => {
        if (over) throw new Error(`it ended with ${over.status ?? over.signal}`);
        const ready = /"message":"ready","listen":"127\.0\.0\.1:(\d+)"/.exec(this.log.slice(from));
        if (!ready) return false;
        this.port = Number(ready[1]);
        this.url = `http://127.0.0.1:${this.port}`;
        return (await request(`${this.url}/readyz`)).status === 200;
      },
      { within, what: `the server is ready; it wrote: ${this.log.slice(from, from + 600)}` },
    ).catch((error) => {
      throw new Error(`${error.message}\nit wrote: ${this.log.slice(from).slice(0, 1200)}`);
    });
    return Number(process.hrtime.bigint() - begin) / 1e6;
  }

  /** Asks it to end and waits; gives { status, signal, ms }. */
  async stop(signal = 'SIGTERM') {
    const begin = Date.now();
    this.child.asked_to_end = true;
    this.child.kill(signal);
    const end = await this.ended;
    return { ...end, ms: Date.now() - begin };
  }

  /** As a power cut does. */
  kill() {
    return this.stop('SIGKILL');
  }

  get running() {
    return this.child?.exitCode === null && this.child?.signalCode === null;
  }

  request(route, options) {
    return request(this.url + route, options);
  }

  /** Rows of a question to the store, while it runs or not. */
  rows(sql) {
    const out = execFileSync(
      'sqlite3',
      ['-readonly', '-json', '-cmd', '.timeout 10000', path.join(this.folder, 'sahut.db'), sql],
      {
        maxBuffer: 256 << 20,
      },
    );
    return out.length === 0 ? [] : JSON.parse(out.toString());
  }

  /** A counter or gauge of /metrics, summed over the samples whose labels hold all of `labels`. */
  async metric(name, labels = {}) {
    const { text } = await this.request('/metrics');
    return metric_of(text, name, labels);
  }
}

export function metric_of(text, name, labels = {}) {
  let sum = 0;
  for (const line of text.split('\n')) {
    const sample = /^([a-z_]+)(\{[^}]*\})? ([-+0-9.eInfNa]+)$/.exec(line);
    if (!sample || sample[1] !== name) continue;
    if (Object.entries(labels).every(([key, value]) => sample[2]?.includes(`${key}="${value}"`)))
      sum += Number(sample[3]);
  }
  return sum;
}

/** Ends every server a file started; each must end well, with nothing secret and no failure in what it wrote. */
export async function end_all() {
  for (const server of servers) {
    if (server.died) {
      throw new Error(
        `a server ended by itself with ${server.died.status ?? server.died.signal}:\n${server.log.slice(-3000)}`,
      );
    }
    if (!server.running) continue;
    const end = await server.stop();
    if (end.status !== 0) {
      throw new Error(`a server ended with ${end.status ?? end.signal} instead of 0:\n${server.log.slice(-2000)}`);
    }
  }
  nothing_leaked();
  no_failures_logged();
}

/** A server ended without being asked to. */
export const server_died = () => servers.some((server) => server.died);

/** No log of any server of this run holds a secret of this run. */
export function nothing_leaked() {
  for (const server of servers) {
    for (const text of secrets) {
      const at = server.log.indexOf(text);
      if (at < 0) continue;
      const line = server.log.slice(server.log.lastIndexOf('\n', at) + 1, server.log.indexOf('\n', at));
      throw new Error(`a secret of this test stands in the log: ${line}`);
    }
  }
}

/** "a request failed" and sanitizers' reports are bugs even where the client got a polite answer. */
function no_failures_logged() {
  for (const server of servers) {
    for (const line of server.log.split('\n')) {
      const bad =
        /"message":"a request failed"|ERROR: AddressSanitizer|ERROR: LeakSanitizer|runtime error:|WARNING: ThreadSanitizer/.test(
          line,
        );
      if (bad) throw new Error(`the log holds: ${line}`);
    }
  }
}

// A file that is ended from outside leaves no server behind.
process.on('exit', () => {
  for (const server of servers) {
    if (server.running) server.child.kill('SIGKILL');
  }
});
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(1));

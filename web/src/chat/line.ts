// The line between this chat and the server: the token, sends that are repeated until they are stored, and the stream.
import type { ChatState, ChatTyping, Message } from '../api/types';
import { keepToken, keptToken } from './token';

export interface Listener {
  message(message: Message): void;
  typing(typing: ChatTyping): void;
  state(state: ChatState): void;
  connected(yes: boolean): void;
}

const pauses_ms = [1_000, 3_000, 8_000];
const patience_ms = 15_000;

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** Null if there was no answer. */
const post = (path: string, body: unknown): Promise<Response | null> =>
  fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(patience_ms),
  }).catch(() => null);

/** Worth repeating: no answer, too many, or a server in trouble. */
const passing = (response: Response | null) => response === null || response.status === 429 || response.status >= 500;

export class Line {
  #source: EventSource | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #tries = 0;

  #listener: Listener;
  #home: () => string;

  /** `home`: the origin of the server; '' where the page came from it. */
  constructor(listener: Listener, home: () => string) {
    this.#listener = listener;
    this.#home = home;
  }

  /** Takes up the conversation of this browser, if there is one. */
  resume(): void {
    if (keptToken() !== '') this.#open();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  forget(): void {
    this.close();
    keepToken('');
  }

  /** The address of what only this conversation may read. */
  address(path: string): string {
    return `${this.#home()}${path}?session=${encodeURIComponent(keptToken())}`;
  }

  /** The id under which it was stored; null if the server cannot be reached or refuses. The same `clientId` is stored once. */
  async send(said: { text: string } | { choice: string }, clientId: string): Promise<string | null> {
    for (let attempt = 0; ; attempt++) {
      const session = await this.#session();
      const response = session === '' ? null : await post(`${this.#home()}/api/v1/chat/messages`, { session, client_id: clientId, ...said });
      if (response?.ok) return ((await response.json()) as { id: string }).id;
      const wait = pauses_ms[attempt];
      if (wait === undefined) return null;
      if (response?.status === 404) this.forget(); // the server no longer knows this conversation: begin another
      else if (!passing(response)) return null;
      else await pause(wait);
    }
  }

  async #session(): Promise<string> {
    if (keptToken() === '') {
      const response = await post(`${this.#home()}/api/v1/chat/sessions`, {});
      if (!response?.ok) return '';
      keepToken(((await response.json()) as { session: string }).session);
    }
    if (this.#source === null) this.#open();
    return keptToken();
  }

  #open(): void {
    this.close();
    const url = this.address('/api/v1/chat/events');
    const source = new EventSource(url);
    this.#source = source;
    for (const kind of ['message', 'typing', 'state'] as const) {
      source.addEventListener(kind, (event) => this.#listener[kind](JSON.parse((event as MessageEvent<string>).data) as never));
    }
    source.onopen = () => {
      this.#tries = 0;
      this.#listener.connected(true);
    };
    source.onerror = () => {
      this.#listener.connected(false);
      if (source.readyState === EventSource.CLOSED && this.#source === source) void this.#refused(url);
    };
  }

  /** The browser gives up on anything but 200 and does not say why; one more look tells a forgotten chat from trouble. */
  async #refused(url: string): Promise<void> {
    const look = await fetch(url).catch(() => null);
    void look?.body?.cancel();
    if (look?.status === 404) {
      this.forget();
      this.#listener.connected(true);
      return;
    }
    this.#timer = setTimeout(() => this.#open(), pauses_ms[Math.min(this.#tries++, 2)]);
  }
}

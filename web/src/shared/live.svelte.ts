// The stream of changes for a signed-in page, and whether it can be believed right now. After every gap the listeners
// get `resync`, because a page that only hopes it missed nothing is how two officers answer one resident.
import type { DeskEvent } from '../api/types';

export type Kind = 'conversation' | 'message' | 'entry' | 'gap' | 'word' | 'presence';
export type Connection = 'connected' | 'connecting' | 'offline';
type Listener = (kind: Kind | 'resync', event: DeskEvent | null) => void;

const kinds: Kind[] = ['conversation', 'message', 'entry', 'gap', 'word', 'presence'];
const first_pause_ms = 1_000;
const longest_pause_ms = 30_000;

class Live {
  connection = $state<Connection>('connecting');

  private source: EventSource | null = null;
  private listeners = new Set<Listener>();
  private pause_ms = first_pause_ms;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private opened = false;

  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  start(): void {
    this.stop();
    window.addEventListener('online', this.retryNow);
    window.addEventListener('offline', this.lost);
    document.addEventListener('visibilitychange', this.seenAgain);
    this.connect();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.source?.close();
    this.source = null;
    this.opened = false;
    window.removeEventListener('online', this.retryNow);
    window.removeEventListener('offline', this.lost);
    document.removeEventListener('visibilitychange', this.seenAgain);
  }

  private connect(): void {
    clearTimeout(this.timer);
    this.source?.close();
    const source = new EventSource('/api/v1/events');
    this.source = source;
    source.onopen = () => {
      this.connection = 'connected';
      this.pause_ms = first_pause_ms;
      if (this.opened) this.tell('resync', null);
      this.opened = true;
    };
    source.onerror = () => {
      this.lost();
      // The browser repeats by itself unless the server refused; then it is ours to repeat, and slower each time.
      if (source.readyState === EventSource.CLOSED) {
        this.timer = setTimeout(() => this.connect(), this.pause_ms);
        this.pause_ms = Math.min(this.pause_ms * 2, longest_pause_ms);
        this.tell('resync', null);
      }
    };
    source.addEventListener('reset', () => this.tell('resync', null));
    for (const kind of kinds) {
      source.addEventListener(kind, (event) => this.tell(kind, JSON.parse(event.data as string) as DeskEvent));
    }
  }

  private tell(kind: Kind | 'resync', event: DeskEvent | null): void {
    for (const listener of this.listeners) listener(kind, event);
  }

  private lost = (): void => {
    this.connection = navigator.onLine ? 'connecting' : 'offline';
  };

  private retryNow = (): void => {
    this.connection = 'connecting';
    this.connect();
  };

  private seenAgain = (): void => {
    if (document.visibilityState === 'visible') this.tell('resync', null);
  };
}

export const live = new Live();

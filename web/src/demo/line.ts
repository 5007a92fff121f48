// The line to the simulated channels of `sahut demo`. These routes exist in the demo only and are no part of the API.
export const kinds = ['whatsapp', 'telegram'] as const;
export type Kind = (typeof kinds)[number];

export interface Choice {
  title: string;
  value: string;
}

/** What reaches a phone. */
export interface Bubble {
  phone: Kind;
  id: string;
  author: 'city' | 'system';
  text: string;
  choices: Choice[];
  /** Title of the button that opens the choices as a list; null where they are buttons. */
  menu: string | null;
  at: string;
}

/** What happened to the resident's message `id`; `typing` is about the city. */
export interface Mark {
  phone: Kind;
  id: string;
  mark: 'sent' | 'delivered' | 'read' | 'typing';
}

export type Said = { text: string } | { choice: Choice } | { location: { latitude: number; longitude: number } };

export interface Listener {
  bubble(bubble: Bubble): void;
  mark(mark: Mark): void;
  reset(): void;
  connected(yes: boolean): void;
}

const patience_ms = 10_000;
const again_ms = 3_000;

export function listen(listener: Listener): void {
  const source = new EventSource('/demo/events');
  const on = <Data>(name: string, tell: (data: Data) => void) =>
    source.addEventListener(name, (event) => tell(JSON.parse((event as MessageEvent<string>).data || '{}') as Data));
  on<Bubble>('bubble', (bubble) => listener.bubble(bubble));
  on<Mark>('mark', (mark) => listener.mark(mark));
  on('reset', () => listener.reset());
  source.onopen = () => listener.connected(true);
  source.onerror = () => {
    listener.connected(false);
    // the browser repeats by itself unless it was refused
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(listener), again_ms);
  };
}

async function post(path: string, body: unknown): Promise<Response | null> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(patience_ms),
    });
    return response.ok ? response : null;
  } catch {
    return null;
  }
}

/** A message that got through: its id, and the city's time of it. */
export interface Sent {
  id: string;
  at: string;
}

/** Null if it did not get through. */
export async function say(phone: Kind, said: Said): Promise<Sent | null> {
  const response = await post('/demo/messages', { phone, ...said });
  return response === null ? null : ((await response.json()) as Sent);
}

/** A new number with an empty chat. True if there is one. */
export async function newResident(phone: Kind): Promise<boolean> {
  return (await post('/demo/new-resident', { phone })) !== null;
}

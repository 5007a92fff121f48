// What became of the resident's messages. Marks may overtake each other and the answer that tells a message's id, so a
// mark only ever rises, and one for an id nobody knows yet waits for it.
import type { Mark } from './line';

export type Tick = 'sending' | 'failed' | 'sent' | 'delivered' | 'read';

const rank: Record<Tick, number> = { failed: 0, sending: 1, sent: 2, delivered: 3, read: 4 };

export class Ticks {
  #early = new Map<string, Tick>();
  #of = new Map<string, Tick>();

  /** The message got through as `id`. Returns what is known of it. */
  accepted(id: string): Tick {
    const tick = this.#early.get(id) ?? 'sent';
    this.#early.delete(id);
    this.#of.set(id, tick);
    return tick;
  }

  /** Returns what is to be shown of message `id` now; null if nothing changes or it is not known yet. */
  marked(id: string, mark: Exclude<Mark['mark'], 'typing'>): Tick | null {
    const before = this.#of.get(id);
    if (before === undefined) {
      const early = this.#early.get(id);
      if (early === undefined || rank[mark] > rank[early]) this.#early.set(id, mark);
      return null;
    }
    if (rank[mark] <= rank[before]) return null;
    this.#of.set(id, mark);
    return mark;
  }
}

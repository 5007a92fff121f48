// One queue as it is on the server, and how many wait in the queues that ask for the officer.
import { listConversations } from '../api/desk';
import type { Conversation, Queue } from '../api/types';
import { session } from '../shared/session.svelte';
import { alarm } from './alarm.svelte';

const calm_ms = 250;

class Inbox {
  queue = $state<Queue>('unclaimed');
  search = $state('');
  items = $state<Conversation[]>([]);
  next = $state<string | null>(null);
  loading = $state(false);
  failure = $state<unknown>(null);
  /** What an act that left the conversation has done, to be read over the list. */
  told = $state('');
  unclaimed = $state(0);
  /** Of one's own: conversations in which the resident had the last word. */
  unanswered = $state(0);

  private asked = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  open(queue: Queue): void {
    if (this.queue !== queue) this.items = [];
    this.queue = queue;
    void this.load();
  }

  find(search: string): void {
    this.search = search;
    this.soon();
  }

  /** Something changed: fetch, but once for a burst of events. */
  soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.load(), calm_ms);
  }

  async load(): Promise<void> {
    const asked = ++this.asked;
    this.loading = true;
    try {
      const [page, unclaimed, mine] = await Promise.all([
        listConversations(this.queue, this.search.trim(), ''),
        listConversations('unclaimed', '', ''),
        listConversations('mine', '', ''),
      ]);
      if (asked !== this.asked) return; // a later question overtook this answer
      this.items = page.items;
      this.next = page.next;
      this.unclaimed = unclaimed.items.length;
      this.unanswered = mine.items.filter((each) => each.unread > 0).length;
      alarm.look([...mine.items, ...unclaimed.items, ...page.items]);
      this.failure = null;
    } catch (failure) {
      if (asked !== this.asked) return;
      session.noticed(failure);
      this.failure = failure;
    } finally {
      if (asked === this.asked) this.loading = false;
    }
  }

  async more(): Promise<void> {
    if (this.next === null) return;
    try {
      const page = await listConversations(this.queue, this.search.trim(), this.next);
      const known = new Set(this.items.map((each) => each.id));
      this.items = [...this.items, ...page.items.filter((each) => !known.has(each.id))];
      this.next = page.next;
    } catch (failure) {
      session.noticed(failure);
      this.failure = failure;
    }
  }
}

export const inbox = new Inbox();

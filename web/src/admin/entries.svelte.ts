// The list of entries as the search and the filter ask for it.
import { listEntries } from '../api/knowledge';
import type { Entry, EntryStatus } from '../api/types';
import { session } from '../shared/session.svelte';

const calm_ms = 250;

class Entries {
  search = $state('');
  status = $state<EntryStatus | ''>('');
  items = $state<Entry[]>([]);
  next = $state<string | null>(null);
  loading = $state(false);
  failure = $state<unknown>(null);

  private asked = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.load(), calm_ms);
  }

  async load(): Promise<void> {
    const asked = ++this.asked;
    this.loading = true;
    try {
      const page = await listEntries(this.search.trim(), this.status, '');
      if (asked !== this.asked) return;
      this.items = page.items;
      this.next = page.next;
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
      const page = await listEntries(this.search.trim(), this.status, this.next);
      const known = new Set(this.items.map((each) => each.id));
      this.items = [...this.items, ...page.items.filter((each) => !known.has(each.id))];
      this.next = page.next;
    } catch (failure) {
      session.noticed(failure);
      this.failure = failure;
    }
  }
}

export const entries = new Entries();

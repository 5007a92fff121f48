// Questions that found no answer, and what is done about them.
import { attachGap, draftFromGap, ignoreGap, listGaps } from '../api/knowledge';
import type { Entry, Gap } from '../api/types';
import { session } from '../shared/session.svelte';
import { entries } from './entries.svelte';

const calm_ms = 400;

class Gaps {
  items = $state<Gap[]>([]);
  next = $state<string | null>(null);
  loading = $state(false);
  failure = $state<unknown>(null);
  busy = $state('');

  private timer: ReturnType<typeof setTimeout> | undefined;

  soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.load(), calm_ms);
  }

  async load(): Promise<void> {
    this.loading = true;
    try {
      const page = await listGaps('');
      this.items = page.items;
      this.next = page.next;
      this.failure = null;
    } catch (failure) {
      this.fail(failure);
    } finally {
      this.loading = false;
    }
  }

  async more(): Promise<void> {
    if (this.next === null) return;
    try {
      const page = await listGaps(this.next);
      const known = new Set(this.items.map((each) => each.id));
      this.items = [...this.items, ...page.items.filter((each) => !known.has(each.id))];
      this.next = page.next;
    } catch (failure) {
      this.fail(failure);
    }
  }

  attach(gap: Gap, entry: string): Promise<Entry | null> {
    return this.settle(gap, () => attachGap(gap.id, entry));
  }

  draft(gap: Gap): Promise<Entry | null> {
    return this.settle(gap, () => draftFromGap(gap.id));
  }

  async ignore(gap: Gap): Promise<boolean> {
    return (await this.settle(gap, () => ignoreGap(gap.id).then(() => true))) ?? false;
  }

  private async settle<Result>(gap: Gap, act: () => Promise<Result>): Promise<Result | null> {
    this.busy = gap.id;
    try {
      const result = await act();
      this.items = this.items.filter((each) => each.id !== gap.id);
      this.failure = null;
      entries.soon();
      return result;
    } catch (failure) {
      this.fail(failure);
      return null;
    } finally {
      this.busy = '';
    }
  }

  private fail(failure: unknown): void {
    session.noticed(failure);
    this.failure = failure;
  }
}

export const gaps = new Gaps();

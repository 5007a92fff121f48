// The messages that one channel refused for good, and what is done about them.
import { discardDeadLetter, listDeadLetters, resendDeadLetter } from '../api/channels';
import { RequestFailed } from '../api/request';
import type { DeadLetter } from '../api/types';
import { session } from '../shared/session.svelte';
import { channels } from './channels.svelte';

export type Done = 'resent' | 'discarded' | 'deadGone' | '';

export class DeadLetters {
  items = $state<DeadLetter[] | null>(null);
  next = $state<string | null>(null);
  failure = $state<unknown>(null);
  busy = $state('');
  done = $state<Done>('');

  constructor(private readonly channel: string) {}

  async load(cursor = ''): Promise<void> {
    try {
      const page = await listDeadLetters(this.channel, cursor);
      const before = cursor === '' ? [] : (this.items ?? []);
      const known = new Set(before.map((each) => each.id));
      this.items = [...before, ...page.items.filter((each) => !known.has(each.id))];
      this.next = page.next;
      this.failure = null;
    } catch (failure) {
      this.fail(failure);
    }
  }

  resend(letter: DeadLetter): Promise<void> {
    return this.settle(letter, 'resent', () => resendDeadLetter(this.channel, letter.id));
  }

  discard(letter: DeadLetter): Promise<void> {
    return this.settle(letter, 'discarded', () => discardDeadLetter(this.channel, letter.id));
  }

  private async settle(letter: DeadLetter, done: Done, act: () => Promise<void>): Promise<void> {
    this.busy = letter.id;
    this.done = '';
    this.failure = null;
    try {
      await act();
      this.forget(letter, done);
    } catch (failure) {
      if (failure instanceof RequestFailed && failure.status === 404) this.forget(letter, 'deadGone');
      else this.fail(failure);
    } finally {
      this.busy = '';
    }
  }

  private forget(letter: DeadLetter, done: Done): void {
    this.items = (this.items ?? []).filter((each) => each.id !== letter.id);
    this.done = done;
    void channels.load();
  }

  private fail(failure: unknown): void {
    session.noticed(failure);
    this.failure = failure;
  }
}

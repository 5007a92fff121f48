// The words of this city as the search asks for them, and what an editor does to them.
import { deleteWord, listWords, putWord } from '../api/knowledge';
import { RequestFailed } from '../api/request';
import type { CityWord, FieldProblem } from '../api/types';
import { session } from '../shared/session.svelte';

const calm_ms = 250;

class CityWords {
  search = $state('');
  items = $state<CityWord[]>([]);
  next = $state<string | null>(null);
  loading = $state(false);
  failure = $state<unknown>(null);
  busy = $state(false);
  /** What the server found wrong with a field of the form. */
  problems = $state<FieldProblem[]>([]);

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
      const page = await listWords(this.search.trim(), '');
      if (asked !== this.asked) return;
      this.items = page.items;
      this.next = page.next;
      this.failure = null;
    } catch (failure) {
      if (asked === this.asked) this.fail(failure);
    } finally {
      if (asked === this.asked) this.loading = false;
    }
  }

  async more(): Promise<void> {
    if (this.next === null) return;
    try {
      const page = await listWords(this.search.trim(), this.next);
      const known = new Set(this.items.map((each) => each.form));
      this.items = [...this.items, ...page.items.filter((each) => !known.has(each.form))];
      this.next = page.next;
    } catch (failure) {
      this.fail(failure);
    }
  }

  /** The word as the server keeps it; null if it was refused. */
  async put(form: string, standard: string): Promise<CityWord | null> {
    // These signs would make another address; the server refuses any sign with its sentence.
    const addressable = form.trim().replace(/[/\\.]/g, '-');
    return this.act(() => putWord(addressable, standard.trim()));
  }

  async remove(word: CityWord): Promise<boolean> {
    return (await this.act(() => deleteWord(word.form).then(() => true))) ?? false;
  }

  private async act<Result>(change: () => Promise<Result>): Promise<Result | null> {
    this.busy = true;
    this.problems = [];
    this.failure = null;
    try {
      const result = await change();
      await this.load();
      return result;
    } catch (failure) {
      const field = failure instanceof RequestFailed && failure.status === 422 ? failure.where : '';
      if (failure instanceof RequestFailed && field !== '') {
        this.problems = [{ code: failure.code, where: field, what: failure.message, cure: failure.cure }];
      } else {
        this.fail(failure);
      }
      return null;
    } finally {
      this.busy = false;
    }
  }

  private fail(failure: unknown): void {
    session.noticed(failure);
    this.failure = failure;
  }
}

export const cityWords = new CityWords();

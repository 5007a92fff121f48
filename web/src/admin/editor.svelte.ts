// The entry that is being edited. What a person typed is never thrown away by what the server says: leaving an entry
// keeps its text in this page, a conflict shows both versions, an ended session keeps the form.
import { archiveEntry, createEntry, getEntry, publishEntry, restoreEntry, updateEntry } from '../api/knowledge';
import { RequestFailed } from '../api/request';
import type { Entry } from '../api/types';
import { session } from '../shared/session.svelte';
import { entries } from './entries.svelte';
import { codeFrom, emptyForm, entryOf, formOf, sameForm, type Form } from './form';
import { newEntry } from './route';

export type Done = 'saved' | 'published' | 'archived' | '';

class Editor {
  /** '' when none is open, `newEntry` for one that the server does not have yet. */
  key = $state('');
  form = $state<Form>(emptyForm());
  /** As the server had it when the form was filled. */
  base = $state<Entry | null>(null);
  loading = $state(false);
  busy = $state(false);
  failure = $state<unknown>(null);
  gone = $state(false);
  /** What somebody else saved while this form was open. */
  conflict = $state<Entry | null>(null);
  done = $state<Done>('');

  readonly dirty = $derived(!sameForm(this.form, this.base === null ? emptyForm() : formOf(this.base)));

  private left = $state<Record<string, { form: Form; base: Entry | null }>>({});

  isUnsaved(id: string): boolean {
    return this.key === id ? this.dirty : this.left[id] !== undefined;
  }

  /** Anything typed anywhere that the server does not have? */
  get anyUnsaved(): boolean {
    return (this.key !== '' && this.dirty) || Object.keys(this.left).length > 0;
  }

  open(key: string): void {
    if (this.key === key) return;
    if (this.key !== '' && this.dirty) this.left[this.key] = $state.snapshot({ form: this.form, base: this.base });
    this.key = key;
    const kept = this.left[key];
    delete this.left[key];
    this.form = kept?.form ?? emptyForm();
    this.base = kept?.base ?? null;
    this.failure = null;
    this.conflict = null;
    this.gone = false;
    this.done = '';
    if (key !== '' && key !== newEntry && kept === undefined) void this.load();
  }

  async load(): Promise<void> {
    const key = this.key;
    this.loading = true;
    this.failure = null;
    try {
      const entry = await getEntry(key);
      if (this.key === key) this.take(entry);
    } catch (failure) {
      if (this.key === key) this.fail(failure);
    } finally {
      if (this.key === key) this.loading = false;
    }
  }

  /** Somebody changed entry `id`: an untouched form follows, a touched one is told when it is saved. */
  async follow(id: string): Promise<void> {
    if (id === this.key && !this.dirty && !this.busy && this.conflict === null) await this.load();
  }

  discard(): void {
    this.form = this.base === null ? emptyForm() : formOf(this.base);
    this.conflict = null;
    this.failure = null;
  }

  async save(): Promise<boolean> {
    const form = $state.snapshot(this.form);
    if (this.base === null && form.id === '') form.id = codeFrom(form.title);
    return this.run('saved', () =>
      this.base === null ? createEntry(entryOf(form)) : updateEntry(entryOf(form), this.base.revision));
  }

  async publish(): Promise<boolean> {
    if (this.dirty && !(await this.save())) return false;
    return this.run('published', () => publishEntry(this.key));
  }

  archive(): Promise<boolean> {
    return this.run('archived', () => archiveEntry(this.key));
  }

  restore(revision: number): Promise<boolean> {
    return this.run('saved', () => restoreEntry(this.key, revision));
  }

  /** Of a conflict: write ours over theirs, as a revision after it. */
  keepMine(): Promise<boolean> {
    this.base = this.conflict;
    this.conflict = null;
    return this.save();
  }

  keepTheirs(): void {
    if (this.conflict !== null) this.take(this.conflict);
    this.conflict = null;
  }

  private async run(done: Done, act: () => Promise<Entry>): Promise<boolean> {
    const key = this.key;
    this.busy = true;
    this.done = '';
    this.failure = null;
    try {
      const entry = await act();
      entries.soon();
      if (this.key !== key) return true;
      this.take(entry);
      this.done = done;
      if (key === newEntry) {
        this.key = entry.id;
        location.hash = `#/faq/${encodeURIComponent(entry.id)}`;
      }
      return true;
    } catch (failure) {
      if (failure instanceof RequestFailed && failure.status === 412) await this.meet(key);
      else if (this.key === key) this.fail(failure);
      return false;
    } finally {
      this.busy = false;
    }
  }

  private async meet(key: string): Promise<void> {
    try {
      const theirs = await getEntry(key);
      if (this.key === key) this.conflict = theirs;
    } catch (failure) {
      this.fail(failure);
    }
  }

  private take(entry: Entry): void {
    this.base = entry;
    this.form = formOf(entry);
  }

  private fail(failure: unknown): void {
    session.noticed(failure);
    if (failure instanceof RequestFailed && failure.status === 404) this.gone = true;
    else this.failure = failure;
  }
}

export const editor = new Editor();

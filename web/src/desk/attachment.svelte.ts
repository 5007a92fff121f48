// The file that the next reply in one conversation will carry: chosen, made small, brought to the server, sent. Kept while
// the officer looks at other conversations, so that neither the file nor its upload is lost.
import type { Media } from '../api/types';
import { uploadMedia } from '../api/upload';
import { session } from '../shared/session.svelte';
import { bytes_to_know, jpegName, kindOf, most_bytes, type Refusal } from './file_choice';
import { prepare } from './picture';

export class Attachment {
  state = $state<'none' | 'preparing' | 'uploading' | 'ready' | 'failed'>('none');
  name = $state('');
  bytes = $state(0);
  /** '' for what is no picture. */
  thumbnail = $state('');
  /** How much of it has gone out, 0 to 1. */
  part = $state(0);
  /** Why the last file was not taken; `bytes` is its size. */
  refusal = $state<{ why: Refusal; bytes: number } | null>(null);
  failure = $state<unknown>(null);
  /** What the server calls it, once it is there. */
  media = $state<Media | null>(null);

  private readonly conversation: string;
  private file: Blob | null = null;
  private work = new AbortController();

  constructor(conversation: string) {
    this.conversation = conversation;
  }

  async choose(files: File[]): Promise<void> {
    const [chosen] = files;
    if (chosen === undefined) return;
    this.forget();
    const { signal } = this.work;
    if (files.length > 1) return this.refuse('several', 0);
    if (chosen.size === 0) return this.refuse('empty', 0);
    const beginning = await chosen.slice(0, bytes_to_know).arrayBuffer().catch(() => null);
    if (signal.aborted) return;
    if (beginning === null) return this.refuse('unreadable', chosen.size); // such as one that a phone keeps elsewhere
    const kind = kindOf(new Uint8Array(beginning));
    if (kind === null) return this.refuse('wrong_type', chosen.size);
    this.state = 'preparing';
    this.name = chosen.name;
    this.bytes = chosen.size;
    let file: Blob = chosen;
    if (kind !== 'application/pdf') {
      const prepared = await prepare(chosen).catch(() => null);
      if (signal.aborted) return;
      if (prepared === null) return this.refuse('unreadable', chosen.size);
      file = prepared.file;
      this.thumbnail = prepared.thumbnail;
      if (prepared.redrawn) this.name = jpegName(chosen.name);
    }
    if (file.size > most_bytes) return this.refuse('too_big', file.size);
    this.bytes = file.size;
    this.file = file;
    await this.upload();
  }

  async upload(): Promise<void> {
    if (this.file === null) return;
    const { signal } = this.work;
    this.state = 'uploading';
    this.part = 0;
    this.failure = null;
    try {
      const media = await uploadMedia(this.conversation, this.file, this.name, (part) => (this.part = part), signal);
      if (signal.aborted) return;
      this.media = media;
      this.state = 'ready';
    } catch (failure) {
      if (signal.aborted) return;
      session.noticed(failure);
      this.failure = failure;
      this.state = 'failed';
    }
  }

  /** Gone from the page; a file that is already on the server is forgotten there by itself. */
  forget(): void {
    this.work.abort();
    this.work = new AbortController();
    this.file = null;
    this.media = null;
    this.failure = null;
    this.refusal = null;
    this.thumbnail = '';
    this.name = '';
    this.state = 'none';
  }

  private refuse(why: Refusal, bytes: number): void {
    this.forget();
    this.refusal = { why, bytes };
  }
}

const kept = new Map<string, Attachment>();

export function attachmentFor(conversation: string): Attachment {
  const before = kept.get(conversation);
  if (before !== undefined) return before;
  for (const [id, each] of kept) if (each.state === 'none') kept.delete(id);
  const made = new Attachment(conversation);
  kept.set(conversation, made);
  return made;
}

// The conversation that is open on the desk. Acts answer with the whole conversation, which then is what is shown.
import * as desk from '../api/desk';
import { RequestFailed } from '../api/request';
import type { ConversationWithMessages, Message } from '../api/types';
import { session } from '../shared/session.svelte';
import { inbox } from './inbox.svelte';

const calm_ms = 120;

class OpenConversation {
  id = $state('');
  conversation = $state<ConversationWithMessages | null>(null);
  loading = $state(false);
  failure = $state<unknown>(null);
  gone = $state(false);
  /** An act of ours came too late: somebody else owns it. */
  overtaken = $state(false);

  private timer: ReturnType<typeof setTimeout> | undefined;

  open(id: string): void {
    if (this.id === id) return;
    this.id = id;
    this.conversation = null;
    this.failure = null;
    this.gone = false;
    this.overtaken = false;
    if (id !== '') void this.load();
  }

  soon(): void {
    if (this.id === '') return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.load(), calm_ms);
  }

  async load(): Promise<void> {
    const id = this.id;
    this.loading = true;
    try {
      const conversation = await desk.getConversation(id);
      if (this.id === id) this.show(conversation);
    } catch (failure) {
      if (this.id === id) this.fail(failure);
    } finally {
      if (this.id === id) this.loading = false;
    }
  }

  /** Does `act` and shows what came of it. True if it was done. */
  async act(act: (id: string) => Promise<ConversationWithMessages>): Promise<boolean> {
    const id = this.id;
    try {
      const conversation = await act(id);
      if (this.id === id) this.show(conversation);
      inbox.soon();
      return true;
    } catch (failure) {
      if (this.id !== id) return false;
      if (failure instanceof RequestFailed && failure.status === 409) {
        await this.load();
        const owner = this.conversation?.owner ?? null;
        this.overtaken = owner !== null && owner !== session.me?.name;
        if (this.overtaken) return false;
      }
      this.fail(failure);
      return false;
    }
  }

  /** Says or notes something. True if the server has it. */
  async write(write: (id: string) => Promise<Message>): Promise<boolean> {
    const id = this.id;
    try {
      const message = await write(id);
      const messages = this.conversation?.messages;
      if (this.id === id && messages !== undefined && !messages.some((each) => each.id === message.id)) messages.push(message);
      this.failure = null;
      this.soon();
      inbox.soon();
      return true;
    } catch (failure) {
      if (this.id === id) this.fail(failure);
      return false;
    }
  }

  private show(conversation: ConversationWithMessages): void {
    this.conversation = conversation;
    this.failure = null;
    this.gone = false;
  }

  private fail(failure: unknown): void {
    session.noticed(failure);
    if (failure instanceof RequestFailed && failure.status === 404) this.gone = true;
    else this.failure = failure;
  }
}

export const opened = new OpenConversation();

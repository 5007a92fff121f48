// The bubbles of one chat: what the server said, and what the resident wrote and the server has not confirmed yet.
// Pure, so that the odd orders in which answers and events arrive are rows of a test.
import type { Message } from '../api/types';

export interface Bubble {
  /** Stays the same while a bubble turns from "sending" into the server's message. */
  key: string;
  id: string | null;
  at: string;
  author: Message['author'];
  agent: string | null;
  text: string;
  choices: Message['choices'];
  media: Message['media'];
  place: Message['place'];
  sending: 'stored' | 'sending' | 'unsent';
  /** The value of the tapped choice, to repeat the send. */
  choice: string;
}

export class Thread {
  readonly bubbles: Bubble[] = [];

  /** The resident wrote `text`, or tapped the choice of that title; when, the server will say. */
  begin(clientId: string, text: string, choice: string): Bubble {
    return Object.assign(this.#add(clientId), { author: 'resident', text, choice, sending: 'sending' });
  }

  /** The server stored it as `id`; the event may have come before this answer, or comes after it. */
  accepted(clientId: string, id: string): void {
    const bubble = this.bubbles.find((each) => each.key === clientId);
    if (bubble === undefined) return;
    const twin = this.bubbles.findIndex((each) => each.id === id && each !== bubble);
    if (twin >= 0) this.bubbles.splice(twin, 1);
    bubble.id = id;
    bubble.sending = 'stored';
  }

  /** A message of the stream: new, known by its id, or the confirmation of one that is being sent. */
  received(message: Message): Bubble {
    const known = this.bubbles.find(
      (each) => each.id === message.id || (message.client_id != null && each.key === message.client_id),
    );
    const bubble = known ?? this.#add(message.client_id ?? message.id);
    return Object.assign(bubble, message, { text: message.text || bubble.text, sending: 'stored' });
  }

  /** Choices are offered only by the last thing that was said. */
  offers(bubble: Bubble): boolean {
    return bubble.choices.length > 0 && this.bubbles.at(-1) === bubble;
  }

  unsent(): Bubble[] {
    return this.bubbles.filter((each) => each.sending === 'unsent');
  }

  #add(key: string): Bubble {
    const bubble: Bubble = {
      key, id: null, at: '', author: 'system', agent: null, text: '', choices: [], media: null, place: null, sending: 'stored', choice: '',
    };
    this.bubbles.push(bubble);
    return bubble;
  }
}

// Emergencies that nobody at this desk has looked at yet: shown over the list and rung for again and again until they
// are opened, because a first tone is easily missed.
import type { Conversation } from '../api/types';
import { ring, soundWanted, wantSound } from './sound';
import { unseen } from './urgent';

const again_ms = 20_000;

class Alarm {
  waiting = $state<Conversation[]>([]);
  /** The browser holds the sound back. */
  held = $state(false);
  sound = $state(soundWanted());

  private seen = new Set<string>();
  private open = '';
  private timer: ReturnType<typeof setInterval> | undefined;

  /** To be told of every list that was fetched. */
  look(conversations: Conversation[]): void {
    const before = new Set(this.waiting.map((each) => each.id));
    this.waiting = unseen(conversations, this.seen);
    if (this.waiting.some((each) => !before.has(each.id))) void this.ring();
    if (document.visibilityState === 'visible') this.opened(this.open);
    this.keepRinging();
  }

  /** `conversation` is what the officer looks at; '' for the list. */
  opened(conversation: string): void {
    this.open = conversation;
    if (this.waiting.some((each) => each.id === conversation)) this.seen.add(conversation);
    this.waiting = this.waiting.filter((each) => each.id !== conversation);
    this.keepRinging();
  }

  stop(): void {
    this.waiting = [];
    this.keepRinging();
  }

  async ring(): Promise<void> {
    if (this.sound) this.held = (await ring()) === 'held';
  }

  async tryOut(): Promise<void> {
    this.held = (await ring()) === 'held';
  }

  want(sound: boolean): void {
    this.sound = sound;
    wantSound(sound);
    if (!sound) this.held = false;
  }

  private keepRinging(): void {
    if (this.waiting.length === 0) {
      clearInterval(this.timer);
      this.timer = undefined;
    } else {
      this.timer ??= setInterval(() => void this.ring(), again_ms);
    }
  }
}

export const alarm = new Alarm();

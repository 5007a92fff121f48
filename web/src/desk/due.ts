// What is due, as words. Far deadlines are shown as the moment they fall on: they are counted in working time, and
// "15 hours left" over a night would be untrue.
import type { Conversation } from '../api/types';
import { cityDate, clock, day } from '../shared/time';
import type { DeskWords } from '../texts/desk';
import type { Language } from '../texts/language';

export interface Due {
  urgency: 'late' | 'soon' | 'calm';
  text: string;
}

const minute_ms = 60_000;
const soon_minutes = 60;

/** "12 menit", "3 jam", "2 hari": whole units, never zero. */
export function span(minutes: number, words: DeskWords): string {
  if (minutes < 60) return words.minutes(Math.max(1, Math.floor(minutes)));
  if (minutes < 48 * 60) return words.hours(Math.floor(minutes / 60));
  return words.days(Math.floor(minutes / (24 * 60)));
}

export function due(time: string, now: Date, words: DeskWords, language: Language): Due {
  const minutes = (Date.parse(time) - now.getTime()) / minute_ms;
  if (minutes < 0) return { urgency: 'late', text: words.late(span(-minutes, words)) };
  if (minutes < soon_minutes) return { urgency: 'soon', text: words.left(span(minutes, words)) };
  const today = time.slice(0, 10) === cityDate(now, time);
  return { urgency: 'calm', text: words.dueBy(`${today ? '' : `${day(time, language)} `}${clock(time, language)}`) };
}

/** The clock that runs for this conversation now, or null if none does. */
export function dueOf(conversation: Conversation, now: Date, words: DeskWords, language: Language): (Due & { what: string }) | null {
  if (conversation.state === 'resolved') return null;
  if (conversation.first_response_due !== null) {
    return { ...due(conversation.first_response_due, now, words, language), what: words.firstResponse };
  }
  if (conversation.resolution_due === null) return null;
  return { ...due(conversation.resolution_due, now, words, language), what: words.resolution };
}

/** What must be answered first stands first; what nothing is due for keeps its order at the end. */
export function byDue(conversations: Conversation[]): Conversation[] {
  const never = '9';
  const key = (each: Conversation) => each.first_response_due ?? each.resolution_due ?? never;
  return [...conversations].sort((one, other) => key(one).localeCompare(key(other)));
}

/** Minutes until the channel stops taking replies; null if it never does. */
export function windowMinutes(conversation: Conversation, now: Date): number | null {
  if (conversation.window_closes_at === null) return null;
  return (Date.parse(conversation.window_closes_at) - now.getTime()) / minute_ms;
}

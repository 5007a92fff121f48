// What is due, as words: the moment it falls on, and what is left only when that is less than an hour. Deadlines are
// counted in working time, and "15 hours left" over a night would be untrue.
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

export function due(what: 'firstResponse' | 'resolution', time: string, now: Date, words: DeskWords, language: Language): Due {
  const minutes = (Date.parse(time) - now.getTime()) / minute_ms;
  const today = time.slice(0, 10) === cityDate(now, time);
  const when = `${today ? '' : `${day(time, language)} `}${clock(time, language)}`;
  if (minutes < 0) return { urgency: 'late', text: words[what].late(when, span(-minutes, words)) };
  if (minutes < soon_minutes) return { urgency: 'soon', text: words[what].soon(when, span(minutes, words)) };
  return { urgency: 'calm', text: words[what].calm(when) };
}

/** The clock that runs for this conversation now, or null if none does. */
export function dueOf(conversation: Conversation, now: Date, words: DeskWords, language: Language): Due | null {
  if (conversation.state === 'resolved') return null;
  if (conversation.first_response_due !== null) {
    return due('firstResponse', conversation.first_response_due, now, words, language);
  }
  if (conversation.resolution_due === null) return null;
  return due('resolution', conversation.resolution_due, now, words, language);
}

/** Minutes until the channel stops taking replies; null if it never does. */
export function windowMinutes(conversation: Conversation, now: Date): number | null {
  if (conversation.window_closes_at === null) return null;
  return (Date.parse(conversation.window_closes_at) - now.getTime()) / minute_ms;
}

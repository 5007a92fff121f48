// Times as people here read them. The server writes the city's offset into every time; that offset is what is shown,
// whatever zone the phone is set to.
import type { Language } from '../texts/language';

const offset_at_end = /(?:Z|[+-]\d\d:\d\d)$/;

/** "14.05" (id) or "14:05" (en), by the clock of the city; empty if there is no time. */
export function clock(time: string, language: Language): string {
  const hour = time.slice(11, 16); // where RFC 3339 has it
  return language === 'id' ? hour.replace(':', '.') : hour;
}

/** "Sen 24 Nov" by the calendar of the city. Takes a time or a date. */
export function day(time: string, language: Language): string {
  const date = new Date(`${time.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return '';
  const locale = language === 'id' ? 'id-ID' : 'en-GB';
  return new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }).format(date);
}

/** The city's date at this moment, from the offset that the server's times carry. */
export function cityDate(now: Date, sample: string): string {
  const offset = offset_at_end.exec(sample)?.[0] ?? 'Z';
  const minutes = offset === 'Z' ? 0 : Number(`${offset[0]}1`) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6)));
  return new Date(now.getTime() + minutes * 60_000).toISOString().slice(0, 10);
}

/** The clock if it is today, else the day. */
export function shortTime(time: string, now: Date, language: Language): string {
  return time.slice(0, 10) === cityDate(now, time) ? clock(time, language) : day(time, language);
}

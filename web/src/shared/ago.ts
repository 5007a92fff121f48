// How long ago something was, in words that need no arithmetic.
import type { Language } from '../texts/language';
import { shortTime } from './time';

const words = {
  id: {
    now: 'baru saja',
    minutes: (n: number) => `${n} menit lalu`,
    hours: (n: number) => `${n} jam lalu`,
  },
  en: {
    now: 'just now',
    minutes: (n: number) => (n === 1 ? '1 minute ago' : `${n} minutes ago`),
    hours: (n: number) => (n === 1 ? '1 hour ago' : `${n} hours ago`),
  },
};

/** "baru saja", "3 menit lalu", "2 jam lalu"; from a day on, the day itself. A clock that runs ahead counts as now. */
export function ago(time: string, now: Date, language: Language): string {
  const minutes = Math.floor((now.getTime() - Date.parse(time)) / 60_000);
  if (minutes < 1) return words[language].now;
  if (minutes < 60) return words[language].minutes(minutes);
  if (minutes < 24 * 60) return words[language].hours(Math.floor(minutes / 60));
  return shortTime(time, now, language);
}

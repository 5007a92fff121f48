// How big a file is, as people say it: "340 kB", "2,4 MB". Decimal units, as phones show them.
import type { Language } from '../texts/language';

export function sizeWords(bytes: number, language: Language): string {
  const locale = language === 'id' ? 'id-ID' : 'en-GB';
  const written = (value: number, most_digits: number) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: most_digits }).format(value);
  // what would be rounded to 1.000 kB is a megabyte
  if (bytes < 999_500) return `${written(Math.max(1, Math.round(bytes / 1000)), 0)} kB`;
  return `${written(bytes / 1_000_000, 1)} MB`;
}

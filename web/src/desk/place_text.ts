// The point in what an officer pastes: bare coordinates, or the address of a page of Google Maps or OpenStreetMap. Pure.
export interface Point {
  latitude: number;
  longitude: number;
  /** What the link calls the place; '' if it does not. */
  name: string;
}

/** `short`: a link that leads to the point but does not hold it. */
export type Reading = Point | 'short' | null;

const number = String.raw`([+-]?\d{1,3}(?:\.\d+)?)`;
const short_link = /^(?:https?:\/\/)?(?:maps\.app\.goo\.gl|goo\.gl\/maps|g\.co|osm\.org\/go|www\.openstreetmap\.org\/go)\//i;
const link = /^(?:https?:\/\/|geo:|(?:www|maps)\.|google\.|openstreetmap\.)/i;

/** The most exact first: in Google's links the pin (`!3d…!4d…`) may lie beside the middle of the map (`@…`). */
const forms_of_links = [
  `!3d${number}!4d${number}`,
  `[?&]mlat=${number}&mlon=${number}`,
  String.raw`[?&](?:q|query|ll|destination|daddr|center)=(?:loc:)?${number}\s*,\s*${number}`,
  String.raw`/(?:search|place|dir/[^/]*)/${number}\s*,\s*${number}`,
  `@${number},${number}`,
  `#map=[\\d.]+/${number}/${number}`,
  `^geo:${number},${number}`,
].map((form) => new RegExp(form, 'i'));

const pair = new RegExp(String.raw`^\(?\s*${number}°?\s*(?:[,;]\s*|\s)\s*${number}°?\s*\)?$`);
const pair_with_decimal_commas = /^([+-]?\d{1,3},\d+)°?\s*(?:[,;]\s*|\s)\s*([+-]?\d{1,3},\d+)°?$/;

// 1°15'55.4"S, 1.2654 LS: degrees, perhaps minutes and seconds, and the side of the earth in English or Indonesian.
const angle = String.raw`(\d{1,3}(?:[.,]\d+)?)\s*°?\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*['′’]\s*)?(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:"|″|”|'')\s*)?`;
const with_sides = new RegExp(`^${angle}(N|S|LU|LS)[\\s,;]+${angle}(E|W|BT|BB)$`, 'i');

export function readPlace(written: string): Reading {
  const text = written.trim();
  if (short_link.test(text)) return 'short';
  if (link.test(text)) return fromLink(text);
  const plain = pair.exec(text) ?? pair_with_decimal_commas.exec(text);
  if (plain !== null) return point(decimal(plain[1]), decimal(plain[2]));
  const sides = with_sides.exec(text);
  if (sides === null) return null;
  const [, d1, m1, s1, vertical, d2, m2, s2, horizontal] = sides;
  return point(degrees(d1, m1, s1, vertical), degrees(d2, m2, s2, horizontal));
}

function fromLink(address: string): Reading {
  const text = decoded(address.replaceAll('+', ' '));
  for (const form of forms_of_links) {
    const found = form.exec(text);
    if (found !== null) return point(Number(found[1]), Number(found[2]), nameIn(text));
  }
  return null;
}

function nameIn(link: string): string {
  const name = /\/place\/([^/@]+)/.exec(link)?.[1]?.trim() ?? '';
  return pair.test(name) || with_sides.test(name) ? '' : name.slice(0, 200);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a lone percent sign; the numbers are readable all the same
  }
}

const decimal = (written: string | undefined) => Number((written ?? '0').replace(',', '.'));

function degrees(whole: string | undefined, minutes: string | undefined, seconds: string | undefined, side: string | undefined): number {
  const size = decimal(whole) + decimal(minutes) / 60 + decimal(seconds) / 3600;
  return /^(?:S|LS|W|BB)$/i.test(side ?? '') ? -size : size;
}

function point(latitude: number, longitude: number, name = ''): Reading {
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude, name } : null;
}

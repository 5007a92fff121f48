import { expect, test } from 'vitest';
import { readPlace } from '../../src/desk/place_text';

const shown = (text: string) => {
  const read = readPlace(text);
  if (read === null || read === 'short') return String(read);
  return `${Number(read.latitude.toFixed(5))} ${Number(read.longitude.toFixed(5))}${read.name === '' ? '' : ` ${read.name}`}`;
};

test.each([
  // bare numbers, as people copy or write them
  ['-1.2654, 116.8312', '-1.2654 116.8312'],
  ['  -1.2654,116.8312 ', '-1.2654 116.8312'],
  ['-1.2654 116.8312', '-1.2654 116.8312'],
  ['(-1.2654, 116.8312)', '-1.2654 116.8312'],
  ['-1.2654; 116.8312', '-1.2654 116.8312'],
  ['-1.2654°, 116.8312°', '-1.2654 116.8312'],
  ['-1,2654; 116,8312', '-1.2654 116.8312'],
  ['-1,2654, 116,8312', '-1.2654 116.8312'],
  ['-1,2654 116,8312', '-1.2654 116.8312'],
  ['-1, 117', '-1 117'],
  // with the sides of the earth
  ['1.2654 S, 116.8312 E', '-1.2654 116.8312'],
  ['1,2654 LS 116,8312 BT', '-1.2654 116.8312'],
  ['1°15\'55.4"S 116°49\'52.3"E', '-1.26539 116.83119'],
  ['1° 15′ 55,4″ LS, 116° 49′ 52,3″ BT', '-1.26539 116.83119'],
  ['3.3 LU 117.5 BT', '3.3 117.5'],
  // Google Maps
  ['https://www.google.com/maps?q=-1.2654,116.8312', '-1.2654 116.8312'],
  ['https://maps.google.com/?q=loc:-1.2654,116.8312', '-1.2654 116.8312'],
  ['https://www.google.com/maps/search/?api=1&query=-1.2654%2C116.8312', '-1.2654 116.8312'],
  ['https://www.google.com/maps/search/-1.2654,+116.8312?entry=tts', '-1.2654 116.8312'],
  ['https://www.google.co.id/maps/@-1.2654,116.8312,17z', '-1.2654 116.8312'],
  ['https://www.google.com/maps/place/Kantor+Wali+Kota/@-1.27,116.82,17z/data=!4m6!8m2!3d-1.2687!4d116.8281', '-1.2687 116.8281 Kantor Wali Kota'],
  ['https://www.google.com/maps/place/1%C2%B015\'55.4%22S+116%C2%B049\'52.3%22E/@-1.2654,116.8312,17z', '-1.2654 116.8312'],
  ['https://www.google.com/maps/dir/?api=1&destination=-1.2654,116.8312', '-1.2654 116.8312'],
  ['maps.google.com/?ll=-1.2654,116.8312', '-1.2654 116.8312'],
  // OpenStreetMap and phones
  ['https://www.openstreetmap.org/?mlat=-1.2654&mlon=116.8312#map=17/-1.27/116.84', '-1.2654 116.8312'],
  ['https://www.openstreetmap.org/#map=17/-1.2654/116.8312', '-1.2654 116.8312'],
  ['openstreetmap.org/#map=17/-1.2654/116.8312', '-1.2654 116.8312'],
  ['geo:-1.2654,116.8312?z=17', '-1.2654 116.8312'],
  // links that lead there but do not hold it
  ['https://maps.app.goo.gl/AbCd1234', 'short'],
  ['https://goo.gl/maps/AbCd', 'short'],
  ['https://osm.org/go/4xYz-', 'short'],
  // nothing to read
  ['', 'null'],
  ['kantor wali kota', 'null'],
  ['-1.2654', 'null'],
  ['116.8312, -1.2654', 'null'],
  ['91, 10', 'null'],
  ['-1.2654, 181', 'null'],
  ['https://www.google.com/maps/place/Kantor', 'null'],
  ['https://example.org/100%/@', 'null'],
])('%s', (text, expected) => {
  expect(shown(text)).toBe(expected);
});

import { expect, test } from 'vitest';
import { coordinates, mapLink } from '../../src/shared/map_link';

test('a point is a pin on OpenStreetMap, and numbers to a tenth of a metre', () => {
  expect(mapLink(-1.2654, 116.8312)).toBe('https://www.openstreetmap.org/?mlat=-1.2654&mlon=116.8312#map=17/-1.2654/116.8312');
  expect(coordinates(-1.26539999999, 116.8312)).toBe('-1.2654, 116.8312');
});

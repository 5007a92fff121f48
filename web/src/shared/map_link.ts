// A point on the earth for people: its numbers, and a map that needs no account. OpenStreetMap, so that no page of a city
// sends its residents to an advertiser.
const digits = 6; // a tenth of a metre

const short = (degrees: number) => Number(degrees.toFixed(digits));

export function coordinates(latitude: number, longitude: number): string {
  return `${short(latitude)}, ${short(longitude)}`;
}

export function mapLink(lat: number, lon: number): string {
  return `https://www.openstreetmap.org/?mlat=${lat}&mlon=${lon}#map=17/${lat}/${lon}`;
}

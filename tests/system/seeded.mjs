// Chance that can be had again: the same seed gives the same choices.

/** mulberry32: small, seeded, good enough to choose moments. Gives a function like Math.random. */
export function random_from(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

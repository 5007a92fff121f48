// A channel's own limits, seen from its side: how many calls arrive in a second, how fast to one resident, and whether
// somebody calls who was told to wait.
//
// What is measured is when a call arrived here, not when it left there: `slack_ms` is what the way may add or take
// (this process draws breath, the machine is shared). Where this process stood still for longer, what arrived meanwhile
// seems to arrive at once: the second after that is not judged, and counted as `blind`.

const tick_ms = 20;

export class RateWatch {
  /** `burst` calls to one contact at once, then one each `interval_ms`; `per_second` calls in any second. */
  constructor({ per_second, burst, interval_ms, slack_ms = 300 }) {
    Object.assign(this, { per_second, burst, interval_ms, slack_ms });
    this.arrivals = []; // moments, of the last second and the slack
    this.full_again = new Map(); // contact → when it has its whole burst again
    this.closed = new Map(); // scope → { from, until }
    this.most_in_a_second = 0;
    this.calls = 0;
    this.breaches = { second: 0, contact: 0, closed: 0 };
    this.worst = {}; // kind → { by, what }
    this.blind = 0; // times this process stood still
    this.blind_until = 0;
    this.ticked = Date.now();
    setInterval(() => this.#tick(), tick_ms).unref();
  }

  #tick() {
    const now = Date.now();
    if (now - this.ticked > tick_ms + this.slack_ms) {
      this.blind += 1;
      this.blind_until = now + 1_000;
    }
    this.ticked = now;
  }

  /** Nobody may call `scope` ('*' is everybody) until then; calls already under way when the answer leaves are none. */
  close(scope, now, ms) {
    const before = this.closed.get(scope);
    this.closed.set(scope, { from: now, until: Math.max(now + ms, before?.until ?? 0) });
  }

  arrived(contact, now) {
    this.calls += 1;
    this.#count_second(now);
    const start = Math.max(this.full_again.get(contact) ?? 0, now);
    const early_ms = start - now - this.interval_ms * (this.burst - 1);
    if (early_ms > this.slack_ms) this.#breach('contact', early_ms, `${early_ms} ms too early for one resident`);
    this.full_again.set(contact, start + this.interval_ms);
    for (const scope of ['*', contact]) {
      const { from, until } = this.closed.get(scope) ?? { until: 0 };
      if (now > from + this.slack_ms && now < until - this.slack_ms)
        this.#breach('closed', until - now, `called ${now - from} ms after it was told to wait ${until - from} ms`);
    }
  }

  #count_second(now) {
    this.#tick();
    this.arrivals.push(now);
    while (this.arrivals[0] <= now - 1_000) this.arrivals.shift();
    this.most_in_a_second = Math.max(this.most_in_a_second, this.arrivals.length);
    if (now < this.blind_until) return;
    if (this.arrivals.length > this.per_second * (1 + this.slack_ms / 1_000))
      this.#breach('second', this.arrivals.length, `${this.arrivals.length} calls in a second, not ${this.per_second}`);
  }

  #breach(kind, by, what) {
    this.breaches[kind] += 1;
    if (by > (this.worst[kind]?.by ?? -Infinity)) this.worst[kind] = { by, what };
  }

  get breached() {
    return Object.values(this.breaches).reduce((sum, one) => sum + one, 0);
  }
}

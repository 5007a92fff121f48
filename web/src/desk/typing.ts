// Tells when the resident should hear again that a person is writing. It wears off there by itself.
const pause_ms = 5_000;

export class Pulse {
  private last = -Infinity;

  /** True if it is time; then it was told. */
  due(now_ms: number): boolean {
    if (now_ms - this.last < pause_ms) return false;
    this.last = now_ms;
    return true;
  }

  /** The words have been sent: whoever writes on is writing anew. */
  sent(): void {
    this.last = -Infinity;
  }
}

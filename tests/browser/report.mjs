// What passed and what failed; the closing line is read by scripts.
export class Report {
  passed = 0;
  failures = 0;

  /** Runs one check. A failure is told and counted, and the run goes on. Returns whether it passed. */
  async check(name, act) {
    const began = performance.now();
    try {
      await act();
    } catch (failure) {
      this.failed(name, failure);
      return false;
    }
    this.passed++;
    console.log(`ok   ${name} (${Math.round(performance.now() - began)} ms)`);
    return true;
  }

  failed(name, failure) {
    this.failures++;
    console.log(`FAIL ${name}\n     ${String(failure?.message ?? failure).trim().replaceAll('\n', '\n     ')}`);
  }

  /** Prints the closing line; the exit status of the run. */
  close() {
    console.log(`${this.passed} passed, ${this.failures} failed`);
    return this.failures === 0 && this.passed > 0 ? 0 : 1;
  }
}

/** A word that was never said before. Letters only: long numbers would be masked as personal. */
export function newWord() {
  const letters = 'abcdefghijkmnopqrstuvwxyz';
  return Array.from({ length: 10 }, () => letters[Math.floor(Math.random() * letters.length)]).join('');
}

export function expect(holds, what) {
  if (!holds) throw new Error(what);
}

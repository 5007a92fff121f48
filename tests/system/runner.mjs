// A runner as small as these tests need: cases one after another, a deadline each, output in the manner of TAP, a last
// line that says how it went, exit status 1 if anything failed. node:test is not used because its hooks and its output
// differ between Node 18 and 20, and both must run this.
//
//   test('a sentence', async () => {…});
//   await run('desk', { before, after });        node desk.test.mjs WORD runs only the cases whose name holds WORD

import { inspect } from 'node:util';

const cases = [];

/** Adds a case. `within`: milliseconds it may take. */
export function test(name, body, { within = 60_000 } = {}) {
  cases.push({ name, body, within });
}

function deadline(ms) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${ms} ms`)), ms);
  });
  return { late, cancel: () => clearTimeout(timer) };
}

function indented(error) {
  const text = error instanceof Error ? (error.stack ?? error.message) : inspect(error, { depth: 6 });
  return text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}

async function attempt(name, body, within) {
  const start = Date.now();
  const { late, cancel } = deadline(within);
  try {
    await Promise.race([body(), late]);
    console.log(`ok - ${name} (${Date.now() - start} ms)`);
    return true;
  } catch (error) {
    console.log(`not ok - ${name} (${Date.now() - start} ms)\n${indented(error)}`);
    return false;
  } finally {
    cancel();
  }
}

/**
 * Runs the cases and ends the process. `before` and `after` count as cases: what they throw fails the file, and `after`
 * runs whatever happened before it. `hopeless` is asked after a failure: true ends the file, because nothing after it
 * could succeed.
 */
export async function run(subject, { before, after, hopeless = () => false } = {}) {
  const word = process.argv[2] ?? '';
  const wanted = cases.filter((one) => one.name.includes(word));
  let failed = 0;
  let passed = 0;
  const count = (good) => (good ? (passed += 1) : (failed += 1));
  const ready = before ? await attempt('it can be set up', before, 120_000) : true;
  if (!ready) failed += 1;
  for (const [index, one] of ready ? wanted.entries() : []) {
    const good = await attempt(one.name, one.body, one.within);
    count(good);
    if (good || !hopeless()) continue;
    console.log(`# the server is gone: ${wanted.length - index - 1} cases were not tried`);
    break;
  }
  if (after) count(await attempt('it leaves nothing behind that it should not', after, 60_000));
  if (ready && wanted.length === 0) {
    console.log(`not ok - no case's name holds "${word}"`);
    failed += 1;
  }
  console.log(`# ${subject}: ${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

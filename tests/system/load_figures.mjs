// What became of the messages of a load: answered, doubled, disordered, strange, lost; and the table of it.

import { metric_of } from './harness.mjs';

const quoted = (traffic, call, message) => !traffic.quotes || traffic.quotes(call) === message.id;
const answers = (traffic, call, message) => quoted(traffic, call, message) && message.answer.test(traffic.words(call));
const answer_was_lost = (call) => call.spoiled === 'late' || call.spoiled === 'after';

/** What became of one resident's messages, added to `figures`. */
function compare(traffic, person, figures) {
  const { arrived } = person;
  let next = 0;
  let last;
  const met = new Set();
  for (const call of traffic.taken_by(person)) {
    const message = arrived[next];
    if (message && answers(traffic, call, message)) {
      met.add(next);
      next += 1;
    } else if (next > 0 && answers(traffic, call, arrived[next - 1])) {
      figures.doubled += 1;
      if (!answer_was_lost(last)) figures.doubled_unseen += 1;
    } else {
      const place = arrived.findIndex((one, index) => !met.has(index) && answers(traffic, call, one));
      if (place < 0) figures.strange += 1;
      else {
        figures.disordered += 1;
        met.add(place);
        next = place + 1;
      }
    }
    last = call;
  }
  figures.answers += met.size;
  figures.unanswered += arrived.length - met.size;
}

export function figures_of(traffic, metrics, outbox) {
  const figures = { answers: 0, unanswered: 0, doubled: 0, doubled_unseen: 0, disordered: 0, strange: 0 };
  for (const person of traffic.people) compare(traffic, person, figures);
  const { unanswered, ...counted } = figures;
  const waiting = outbox.find((row) => row.channel === traffic.name && row.state !== 'dead')?.n ?? 0;
  return {
    ...counted,
    waiting, // late, but not lost
    lost: Math.max(0, unanswered - waiting),
    may_repeat: metric_of(metrics, 'sahut_sends_may_repeat_total', { channel: traffic.name }),
    calls: traffic.watch.calls,
    spoiled: Object.values(traffic.spoiled).reduce((sum, one) => sum + one, 0),
    most_a_second: traffic.watch.most_in_a_second,
    too_fast: traffic.watch.breached,
    blind: traffic.watch.blind,
    invalid: traffic.peer.violations.length,
  };
}

export function quantile(numbers, share) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export function print(rows) {
  const columns = Object.keys(rows[0]);
  const text = (row, column) => (typeof row[column] === 'number' ? String(Math.round(row[column])) : row[column]);
  const width = (column) => Math.max(column.length, ...rows.map((row) => text(row, column).length));
  const line = (cells) => console.log(`# ${cells.map((cell, at) => cell.padStart(width(columns[at]))).join('  ')}`);
  line(columns);
  for (const row of rows) line(columns.map((column) => text(row, column)));
}

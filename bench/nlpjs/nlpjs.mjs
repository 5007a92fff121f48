// nlp.js (node-nlp, its defaults for Indonesian) on the same rows as bench/labelled: accuracy, time of a question, of the
// training, and memory.
//   cd bench/nlpjs && npm install && node nlpjs.mjs TRAIN TEST.tsv…
// TRAIN is a file of text<TAB>label, or a folder of knowledge files (*.json), whose examples teach.
import fs from 'node:fs';
import path from 'node:path';
import nlp from 'node-nlp';

function rowsOf(file) {
  return fs.readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => {
    const [text, label] = line.split('\t');
    return { text, label };
  });
}

function teachingRows(place) {
  if (!fs.statSync(place).isDirectory()) return rowsOf(place);
  return fs.readdirSync(place).filter((name) => name.endsWith('.json')).sort().flatMap((name) => {
    const { entries } = JSON.parse(fs.readFileSync(path.join(place, name), 'utf8'));
    return entries.flatMap((entry) => [...entry.examples, entry.title].map((text) => ({ text, label: entry.id })));
  });
}

const [train, ...tests] = process.argv.slice(2);
if (!train || tests.length === 0) throw new Error('node nlpjs.mjs TRAIN TEST.tsv…');
const manager = new nlp.NlpManager({ languages: ['id'], forceNER: false, nlu: { log: false }, autoSave: false });
for (const { text, label } of teachingRows(train)) {
  if (label !== 'oos') manager.addDocument('id', text, label);
}
const started = performance.now();
await manager.train();
const seconds = (performance.now() - started) / 1000;
for (const test of tests) {
  const rows = rowsOf(test).filter(({ label }) => label !== 'oos' && !label.startsWith('@'));
  let right = 0;
  const times = [];
  for (const { text, label } of rows) {
    const asked = performance.now();
    const { intent } = await manager.process('id', text);
    times.push((performance.now() - asked) * 1000);
    if (intent === label) right += 1;
  }
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.floor(share * (times.length - 1))].toFixed(0);
  const megabytes = (process.memoryUsage().rss / 1e6).toFixed(0);
  console.log(`${path.basename(test)}: ${(right / rows.length).toFixed(3)} of ${rows.length}; ` +
    `p50 ${at(0.5)} µs, p99 ${at(0.99)} µs; trained in ${seconds.toFixed(1)} s; ${megabytes} MB`);
}

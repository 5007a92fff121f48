// Data folders and files as the tests of the commands need them, and what a refusal must look like.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fill, new_folder } from './harness.mjs';

let filled;

/** A data folder of its own with the small city and its entries. */
export async function city_folder() {
  if (!filled) await fill((filled = new_folder()));
  const folder = new_folder();
  fs.cpSync(filled, folder, { recursive: true });
  return folder;
}

export const database = (folder) => path.join(folder, 'sahut.db');
export const digest = (file) => createHash('sha256').update(fs.readFileSync(file)).digest('hex');

export function write(folder, name, text) {
  const file = path.join(folder, name);
  fs.writeFileSync(file, text);
  return file;
}

/** All rows of the database as text: what "nothing changed" means. */
export function contents(folder) {
  return execFileSync('sqlite3', ['-readonly', database(folder), '.dump'], { maxBuffer: 64 << 20 }).toString();
}

/** It ended with 1 and said why: `lines` sentences of the house, with the cure, and nothing of its inside. */
export function refused(done, { says, cure, lines = 1 }) {
  assert.equal(done.signal, null, `it was ended by ${done.signal}: ${done.stderr}`);
  assert.equal(done.status, 1, `exit ${done.status}: ${done.stdout}${done.stderr}`);
  const said = done.stderr
    .trim()
    .split('\n')
    .filter((line) => line.startsWith('sahut: '));
  assert.equal(said.length, lines, `said in ${said.length} sentences: ${done.stderr}`);
  for (const pattern of [says].flat()) assert.match(done.stderr, pattern);
  assert.match(done.stderr, cure);
  assert.ok(!/terminate called|what\(\)|std::|Traceback|\.cpp:/.test(done.stderr), done.stderr);
}

// docs/openapi.yaml against the server: the same routes both ways, and every operation really called, with good and bad
// requests, each JSON answer held against its documented schema. An operation that is never called fails the check, so a
// new route must be described there and tried in one of the …_operations.mjs.
//
//   npm ci && SAHUT_BINARY=… node check.mjs

import assert from 'node:assert/strict';
import { sahut_ok, server_died } from '../system/harness.mjs';
import { run, test } from '../system/runner.mjs';
import './public_operations.mjs';
import './channel_operations.mjs';
import './desk_operations.mjs';
import './knowledge_operations.mjs';
import { call, client, description, set_up, tear_down } from './world.mjs';

// Pages and their files are for people, not for programs: they are routes but no API.
const pages = new Set(['/', '/chat', '/desk', '/admin', '/insight', '/favicon.ico', '/assets/{file}']);

// ---- the same routes

test('what is described is routed, what is routed is described', async () => {
  const routed = JSON.parse((await sahut_ok(['routes', '--json'])).stdout)
    .filter((route) => !pages.has(route.path))
    .map((route) => `${route.method} ${route.path}`);
  const described = [...description.operations.values()].map((one) => `${one.method} ${one.path}`);
  assert.deepEqual(described.sort(), routed.sort());
});

test('the description that is served is the one in docs/', async () => {
  const answer = await call('getOpenApi', { status: 200 });
  assert.deepEqual(answer.json, description.document);
});

test('operation ids are there and told apart', () => {
  for (const [route, item] of Object.entries(description.document.paths)) {
    for (const [method, operation] of Object.entries(item))
      if (method !== 'parameters') assert.ok(operation.operationId, `${method} ${route}`);
  }
});

// ---- nothing left out

test('every operation was called, with a good answer and, where one is described, a bad one', () => {
  const missing = [];
  const never = [];
  for (const id of description.operations.keys()) {
    const statuses = client.statuses(id);
    const documented = description.documented_statuses(id).map(Number);
    if (!statuses.some((status) => status < 300)) missing.push(`${id}: no good answer`);
    if (documented.some((status) => status >= 400 && status < 500) && !statuses.some((status) => status >= 400))
      missing.push(`${id}: no bad answer`);
    const unseen = documented.filter((status) => !statuses.includes(status));
    if (unseen.length > 0) never.push(`${id} ${unseen.join(' ')}`);
  }
  if (never.length > 0) console.log(`# described but not seen here: ${never.join(', ')}`);
  assert.deepEqual(missing, []);
});

await run('openapi', { before: set_up, after: tear_down, hopeless: server_died });

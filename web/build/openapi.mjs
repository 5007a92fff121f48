// Writes dist/openapi.json, which the binary embeds and serves, from docs/openapi.yaml, which people write.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';

const from = new URL('../../docs/openapi.yaml', import.meta.url);
const folder = new URL('../dist/', import.meta.url);

mkdirSync(folder, { recursive: true });
writeFileSync(new URL('openapi.json', folder), JSON.stringify(parse(readFileSync(from, 'utf8'))) + '\n');

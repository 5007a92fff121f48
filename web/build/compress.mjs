// Puts NAME.gz beside every file of dist/. The bytes depend on the contents alone: Node writes no name and no time into
// the gzip header; the byte that names the operating system is set to "unknown" (255), so that machines agree.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));

for (const file of readdirSync(dist, { recursive: true, withFileTypes: true })) {
  if (!file.isFile() || file.name.endsWith('.gz')) continue;
  const path = join(file.parentPath, file.name);
  const plain = readFileSync(path);
  const packed = gzipSync(plain, { level: 9 });
  packed[9] = 255;
  writeFileSync(`${path}.gz`, packed);
  console.log(`${path.slice(dist.length).padEnd(24)} ${String(plain.length).padStart(7)}  gz ${String(packed.length).padStart(6)}`);
}

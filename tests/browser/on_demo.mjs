// The browser tests against a demo of its own, started and ended here: SAHUT_BINARY=… node on_demo.mjs [run.mjs flags]
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { end_all, Server } from '../system/harness.mjs';

const demo = await Server.start({ command: 'demo' });
const accounts = join(demo.folder, 'demo-accounts.json');
const flags = ['run.mjs', '--base', demo.url, '--accounts', accounts, ...process.argv.slice(2)];
const status = await new Promise((resolve) => {
  spawn(process.execPath, flags, { cwd: new URL('.', import.meta.url).pathname, stdio: 'inherit' }).on('close', resolve);
});
await end_all();
process.exit(status ?? 1);

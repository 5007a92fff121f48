// The browser tests against a demo of its own, started and ended here: SAHUT_BINARY=… node on_demo.mjs [run.mjs flags]
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { end_all, free_port, patience, Server } from '../system/harness.mjs';

// The widget's site has an origin of its own, which the demo must allow before it starts.
const site = await free_port();
const demo = await Server.start({ command: 'demo', config: { channels: { web: { kind: 'webchat', allowed_origins: [`http://127.0.0.1:${site}`] } } } });
const accounts = join(demo.folder, 'demo-accounts.json');
const flags = ['run.mjs', '--base', demo.url, '--accounts', accounts, '--site-port', String(site), '--patience', String(patience), ...process.argv.slice(2)];
const status = await new Promise((resolve) => {
  spawn(process.execPath, flags, { cwd: new URL('.', import.meta.url).pathname, stdio: 'inherit' }).on('close', resolve);
});
await end_all();
process.exit(status ?? 1);

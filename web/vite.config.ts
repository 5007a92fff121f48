// Builds into one folder: the pages, then by themselves (`--mode NAME`) the resident's chat, the simulated phones and the
// widget, so that a phone that only asks a question never loads a line of the desk. File names are fixed: the server sends
// ETags, and diffs stay readable.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { pruneTokens } from './build/prune_tokens.mjs';

const pages = ['index.html', 'desk.html', 'admin.html', 'insight.html'];
const alone: Record<string, string> = { chat: 'chat.html', demo: 'demo.html', widget: 'src/widget/widget.ts' };
// Parts of Svelte that no page needs before somebody is signed in.
const only_work = /svelte\/src\/internal\/(client\/dom\/(blocks\/(each|await|key|html)|elements\/(bindings\/select|style|actions))|shared\/clone)\.js/;

export default defineConfig(({ mode }) => {
  const one = alone[mode];
  return {
    plugins: mode === 'widget' ? [pruneTokens()] : [svelte()],
    publicDir: one === undefined ? 'public' : false,
    server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
    build: {
      target: ['chrome107', 'firefox104', 'safari16'],
      emptyOutDir: one === undefined,
      modulePreload: false,
      assetsInlineLimit: 0,
      license: one === undefined ? { fileName: 'LICENSES.md' } : false,
      rolldownOptions: {
        input: one ?? pages,
        // they do nothing by being loaded, which cannot be proved from their text
        treeshake: { moduleSideEffects: (id) => !only_work.test(id) },
        output: {
          entryFileNames: 'assets/[name].js',
          chunkFileNames: 'assets/[name].js',
          assetFileNames: 'assets/[name][extname]',
          // a script of somebody else's page: no module, nothing global
          ...(mode === 'widget' ? { format: 'iife' as const } : {}),
          ...(one === undefined
            ? {
                codeSplitting: {
                  includeDependenciesRecursively: false,
                  // what the front door needs; what every page with Svelte needs until somebody is signed in; what only the
                  // work behind it needs
                  groups: [
                    { name: 'svelte_work', test: only_work, priority: 5 },
                    { name: 'svelte', test: /node_modules/, priority: 4 },
                    { name: 'language', test: /texts\/language/, priority: 3 },
                    { name: 'facts', test: /shared\/(Failure|time)/, priority: 3 },
                    { name: 'work', test: /shared\/(Dialog|EvidenceWords|Marked|marks|now|ago)|texts\/actions|api\/(desk|knowledge)/, minShareCount: 2, priority: 2 },
                    { name: 'shared', test: /src\/(shared|api)\/|texts\/(common|spoken)/, minShareCount: 2, priority: 1 },
                  ],
                },
              }
            : {}),
        },
      },
    },
  };
});

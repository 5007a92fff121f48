// Two builds into one folder: the pages, then (`--mode chat`) the resident's chat by itself, so that a phone that only
// asks a question never loads a line of the desk. File names are fixed: the server sends ETags, and diffs stay readable.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

const pages = ['index.html', 'desk.html', 'admin.html', 'insight.html'];

export default defineConfig(({ mode }) => {
  const chatAlone = mode === 'chat';
  return {
    plugins: [svelte()],
    publicDir: chatAlone ? false : 'public',
    server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
    build: {
      target: ['chrome107', 'firefox104', 'safari16'],
      emptyOutDir: !chatAlone,
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      license: chatAlone ? false : { fileName: 'LICENSES.md' },
      rolldownOptions: {
        input: chatAlone ? ['chat.html'] : pages,
        output: {
          entryFileNames: 'assets/[name].js',
          chunkFileNames: 'assets/[name].js',
          assetFileNames: 'assets/[name][extname]',
          ...(chatAlone
            ? {}
            : {
                codeSplitting: {
                  includeDependenciesRecursively: false,
                  // what the front door needs; what every page with Svelte needs; what only the work behind a sign-in needs
                  groups: [
                    { name: 'svelte', test: /node_modules/, priority: 4 },
                    { name: 'language', test: /texts\/language/, priority: 3 },
                    { name: 'work', test: /shared\/(Dialog|EvidenceWords|Marked|marks|now)|api\/(desk|knowledge)/, minShareCount: 2, priority: 2 },
                    { name: 'shared', test: /src\/(shared|api)\/|texts\/(common|spoken)/, minShareCount: 2, priority: 1 },
                  ],
                },
              }),
        },
      },
    },
  };
});

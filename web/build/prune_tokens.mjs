// Leaves out of the widget's style what only pages need: `:root`, and the custom properties that nothing in it reads. The
// tokens are written once for all pages, and the widget counts its bytes. Its style is a string in a script, so this works on that script.
const declared = /(--[\w-]+):[^;}]*;?/g;

export function pruneTokens() {
  return {
    name: 'prune-tokens',
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        chunk.code = chunk.code.replaceAll(':root,:host{', ':host{');
        for (let before = ''; before !== chunk.code; ) {
          before = chunk.code;
          const read = new Set([...before.matchAll(/var\((--[\w-]+)/g)].map((found) => found[1]));
          chunk.code = before.replace(declared, (whole, name) => (read.has(name) ? whole : ''));
        }
      }
    },
  };
}

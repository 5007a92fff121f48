import type { Plugin } from 'vite';
export function pruneTokens(): Plugin;

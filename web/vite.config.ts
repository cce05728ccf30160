import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { precompressed } from './build/precompressed.js';

/** `./anydial` runs this (`vite build web`); the web role of our server serves what comes out. */
export default defineConfig({
  base: '/',
  publicDir: 'public',
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    // Which file needs which others: a test weighs what the first page loads.
    manifest: true,
    target: 'es2022',
    // Our policy forbids data: scripts, and a small file costs nothing over one connection.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    reportCompressedSize: false,
    // Mantine marks its files for servers that render React; we have none.
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
  // Its package names its development build to every bundler that is no server.
  resolve: {
    alias: {
      'react-router': fileURLToPath(
        new URL('../node_modules/react-router/dist/production/index.mjs', import.meta.url),
      ),
    },
  },
  plugins: [precompressed()],
});

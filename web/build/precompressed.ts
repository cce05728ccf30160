import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** Below a packet nothing is won. */
const WORTHWHILE_BYTES = 1_400;

/** Writes `.br` and `.gz` beside each hashed text file, once at build time, so that the server only picks one. */
export function precompressed(): Plugin {
  return {
    name: 'precompressed',
    apply: 'build',
    // Read back what was written: before that, Vite still replaces things in it.
    writeBundle({ dir = '.' }, bundle) {
      for (const file of Object.keys(bundle).filter((name) => /^assets\/.*\.(js|css|svg|json)$/.test(name))) {
        const path = join(dir, file);
        const source = readFileSync(path);
        if (source.length < WORTHWHILE_BYTES) continue;
        const params = { [constants.BROTLI_PARAM_QUALITY]: 10 };
        writeFileSync(`${path}.br`, brotliCompressSync(source, { params }));
        writeFileSync(`${path}.gz`, gzipSync(source, { level: 9 }));
      }
    },
  };
}

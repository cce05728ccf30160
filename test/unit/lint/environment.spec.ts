import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';

const root = resolve(import.meta.dirname, '..', '..', '..');
const reader = 'src/config.ts';

/** Every way to the environment that TypeScript lets through: the global, an alias of it, the module. */
const readsEnvironment = (source: string): boolean =>
  /\bprocess\s*\??\.\s*env\b|\bprocess\s*\[|['"](node:)?process['"]|[=(:,]\s*process\s*[;,)\n]|\bloadEnvFile\b/.test(
    source.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, ''),
  );

test('only config.ts reads the environment', () => {
  const files = globSync(['src/**/*.ts', 'ormconfig.ts'], { cwd: root }).filter(
    (file) => !file.endsWith('.spec.ts'),
  );
  expect(files.length).toBeGreaterThan(50);
  const readers = files.filter((file) => readsEnvironment(readFileSync(resolve(root, file), 'utf8')));
  expect(readers).toEqual([reader]);
});

test.each([
  'const url = process.env.DATABASE_URL;',
  "const url = process.env['DATABASE_URL'];",
  'const url = process?.env?.DATABASE_URL;',
  "const url = process['env'].DATABASE_URL;",
  'const { env } = process;',
  "import { env } from 'node:process';",
  'import process from "process";',
  'read(process);',
])('%s is seen', (source) => {
  expect(readsEnvironment(source)).toBe(true);
});

test.each(['process.exit(1);', '// process.env is read in config.ts', "process.once('SIGTERM', end);"])(
  '%s is harmless',
  (source) => {
    expect(readsEnvironment(source)).toBe(false);
  },
);

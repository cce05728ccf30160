import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { transformSync } from '@swc/core';

const root = resolve(import.meta.dirname, '..', '..');

/** The product's sources as JavaScript in a directory of their own, so that a test can start them as a process. */
export function buildProduct(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'anydial-build-'));
  for (const file of globSync('src/**/*.ts', { cwd: root }).filter((one) => !one.endsWith('.spec.ts'))) {
    const target = join(path, file.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    const { code } = transformSync(readFileSync(join(root, file), 'utf8'), {
      filename: file,
      jsc: {
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true },
        target: 'es2022',
      },
      module: { type: 'es6' },
    });
    writeFileSync(target, code);
  }
  cpSync(join(root, 'package.json'), join(path, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(path, 'node_modules'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export interface Ending {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProductProcess {
  readonly child: ChildProcess;
  /** The first log line with this message, from now on or before. */
  logged(message: string): Promise<Record<string, unknown>>;
  readonly ended: Promise<Ending>;
}

/** Starts `src/main.js` of a build with exactly this environment. */
export function startProduct(build: string, environment: Readonly<Record<string, string>>): ProductProcess {
  const child = spawn(process.execPath, ['src/main.js'], { cwd: build, env: environment });
  const lines: string[] = [];
  const output = { stdout: '', stderr: '' };
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => lines.push(line));
  child.stdout.on('data', (chunk) => (output.stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (output.stderr += String(chunk)));
  const ended = once(child, 'close').then(([code]: (number | null)[]) => ({ code: code ?? null, ...output }));
  const parse = (line: string): Record<string, unknown> => (line.startsWith('{') ? JSON.parse(line) : {});
  return {
    child,
    ended,
    logged: (message) =>
      new Promise((resolve, reject) => {
        const look = (line: string) => {
          const entry = parse(line);
          if (entry['msg'] === message) resolve(entry);
        };
        lines.forEach(look);
        reader.on('line', look);
        void ended.then((ending) =>
          reject(new Error(`ended before "${message}": ${ending.stdout}${ending.stderr}`)),
        );
      }),
  };
}

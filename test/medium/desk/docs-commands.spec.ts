import { execFile } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seedLabBilling } from '../../../src/cli/lab-billing.js';
import { addAccount } from '../../support/accounts.js';
import { type Desk, memberNamed, openDesk, world } from './desk.js';

interface Block {
  readonly text: string;
  /** What the comment line above it says. */
  readonly note: string | undefined;
  /** What the page shows that it prints, `…` for what is another each time. */
  readonly shown: string | undefined;
}

/** operating.md has a test of its own, which also looks at what its commands did. */
const files = ['README.md', ...globSync('docs/*.md').toSorted()].filter(
  (file) => file !== 'docs/operating.md',
);
const blocksOf = (file: string): readonly Block[] =>
  [
    ...readFileSync(file, 'utf8').matchAll(
      /(?:^<!-- (.*?) -->\n\n?)?^```(?:bash|sh|console)\n(.*?)^```$(?:\n\n```text\n(.*?)^```$)?/gms,
    ),
  ].map(([, note, text = '', shown]) => ({ text, note, shown }));
const documents = files
  .map((file) => ({ file, blocks: blocksOf(file) }))
  .filter(({ blocks }) => blocks.length > 0);
const account = { EMAIL: 'docs-commands@example.com', PASSWORD: 'correct horse battery' };

let desk: Desk;
let folder: string;
beforeAll(async () => {
  desk = await openDesk();
  await seedLabBilling(desk.db, world);
  await addAccount(desk.db, account.EMAIL, account.PASSWORD, ['operator', 'finance']);
  folder = await mkdtemp(join(tmpdir(), 'anydial-docs-'));
  await symlink(resolve('anydial'), join(folder, 'anydial'));
});
afterAll(async () => {
  await desk.close();
  await rm(folder, { recursive: true });
});

/** Printed before each block: what comes after it is that block's. */
const NEXT = '--- the next block ---';

const asShown = (shown: string): RegExp =>
  new RegExp(
    `^${shown
      .split('…')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*?')}$`,
    's',
  );

/** The first block of operating.md: a key, and the function `api`. */
const [prelude = ''] = blocksOf('docs/operating.md').map(({ text }) => text);

describe('the commands in the docs', () => {
  it('given_a_block_that_is_not_run_here_then_it_names_the_test_that_runs_it_or_says_why_none_does', () => {
    const notes = documents.flatMap(({ blocks }) => blocks.flatMap(({ note }) => note ?? []));
    expect(notes.length).toBeGreaterThan(3);
    for (const note of notes) {
      const [, spec] = /^run by (\S+): \S.{10,}/.exec(note) ?? [];
      if (spec === undefined) expect(note).toMatch(/^not run: \S.{20,}/);
      else expect([spec, existsSync(spec)]).toEqual([spec, true]);
    }
  });

  it.each(documents.map(({ file, blocks }) => [file, blocks] as const))(
    '%s does what it says',
    async (_, blocks) => {
      const run = blocks.filter(({ note }) => note === undefined);
      const environment = {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        // `./anydial` acts on the instance whose tests these are.
        ANYDIAL_STATE_ROOT: dirname(process.env['ANYDIAL_STATE_DIR'] ?? ''),
        ANYDIAL_USE: process.env['ANYDIAL_INSTANCE'],
        ANYDIAL: desk.url,
        MEMBER: memberNamed('Grace Hall'),
        ACCOUNT: memberNamed('Grace Hall'),
        TMPDIR: folder,
        ...account,
      };
      const script = [
        'set -euo pipefail',
        prelude,
        ...run.map(({ text }) => `printf '%s\\n' '${NEXT}'\n${text}`),
      ].join('\n');
      const done: { stdout?: string; failed?: string } = await promisify(execFile)('bash', ['-c', script], {
        env: environment,
        cwd: folder,
      }).catch((error: { stdout?: string; stderr?: string }) => ({
        failed: `${error.stdout}\n${error.stderr}`,
      }));
      expect(done).not.toHaveProperty('failed');
      const printed = done.stdout?.split(`${NEXT}\n`).slice(1) ?? [];
      for (const [at, { shown }] of run.entries())
        if (shown !== undefined) expect(printed[at]).toMatch(asShown(shown));
    },
  );

  it('given_the_newcomers_guide_then_what_its_commands_print_is_shown', () => {
    const shown = blocksOf('docs/getting-started.md').filter(({ shown }) => shown !== undefined);
    expect(shown.length).toBeGreaterThanOrEqual(4);
  });

  it('given_an_alarm_then_the_handbook_says_under_its_name_what_to_do', () => {
    const handbook = readFileSync('docs/handbook.md', 'utf8');
    const alarms = [...readFileSync('ops/prometheus/alerts.yml', 'utf8').matchAll(/- alert: (\w+)/g)];
    expect(alarms.length).toBeGreaterThan(20);
    for (const [, name] of alarms)
      expect(handbook).toMatch(
        new RegExp(`^## ${name}\n\n\\*\\*For users:\\*\\* .+\n\n\\*\\*Do:\\*\\* .+`, 'm'),
      );
  });
});

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { addAccount } from '../../support/accounts.js';
import { type Desk, memberNamed, openDesk } from './desk.js';

const grace = memberNamed('Grace Hall');
let desk: Desk;
let folder: string;
beforeAll(async () => {
  desk = await openDesk();
  folder = await mkdtemp(join(tmpdir(), 'anydial-docs-'));
});
afterAll(async () => {
  await desk.close();
  await rm(folder, { recursive: true });
});

test('the commands of "An operator\'s tasks" do what it says', async () => {
  const text = await readFile('docs/operating.md', 'utf8');
  const [, section = ''] = text.split("## An operator's tasks");
  const blocks = [...section.matchAll(/```bash\n(.*?)```/gs)].map(([, block]) => block);
  expect(blocks.length).toBeGreaterThan(8);
  const account = { EMAIL: 'docs@example.com', PASSWORD: 'correct horse battery' };
  await addAccount(desk.db, account.EMAIL, account.PASSWORD, ['operator']);

  const env = { PATH: process.env['PATH'], ANYDIAL: desk.url, MEMBER: grace, TMPDIR: folder, ...account };
  const script = `set -euo pipefail\n${blocks.join('\n')}`;
  const { stdout } = await promisify(execFile)('bash', ['-c', script], { env, cwd: folder });

  expect(stdout).toMatch(/"secret": "[\w-]{24}"/);
  expect(stdout).toContain('{"rows":2,"added":2,"changed":0,"removed":0}');
  expect(await readFile(join(folder, 'routes.csv'), 'utf8')).toContain(
    '49,gw-de,0.011,EUR,10,1,12345,08:00,18:00,Europe/Berlin,,true',
  );
  const find = async (path: string) => (await desk.ask(`GET /v1/${path}`)).body;
  expect(await find('trunks/gw-de')).toMatchObject({ maxCalls: 30, maxCallsPerSecond: 5 });
  expect(await find('carriers/starnet')).toMatchObject({ patterns: [{ prefix: '*555' }] });
  expect(await find('plan')).toMatchObject({ settings: { allowed: ['+88216'] } });
  expect(await find('centres/centre-berlin')).toMatchObject({ area: '30' });
  expect(await find(`members/${grace}/find-me`)).toMatchObject({
    steps: [{ kind: 'devices' }, { kind: 'contact', withPrevious: true }, { kind: 'voicemail' }],
  });
  expect(await find(`members/${grace}/call-settings`)).toMatchObject({ callWaiting: false, maxCalls: 2 });
  expect(JSON.stringify(await find('numbers/62006200/branches'))).toContain('"CA"');
});

import { appendFile, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { SecurityLog } from '../../../src/infra/ari/security-log.js';
import { ManualClock } from '../../../src/kernel/clock.js';
import { Recorder } from './recorder.js';

const EVERY_MS = 1_000;
const line = (account: string) =>
  '[2026-11-23 16:31:31.137] SECURITY[14074] res_security_log.c: SecurityEvent="ChallengeResponseFailed",' +
  `EventTV="2026-11-23T16:31:31.137+0000",Severity="Error",Service="PJSIP",EventVersion="1",AccountID="${account}",` +
  'SessionID="1@x",LocalAddress="IPV4/UDP/127.0.0.1/5060",RemoteAddress="IPV4/UDP/192.0.2.7/5060"\n';

let directory: string;
let path: string;
let clock: ManualClock;
let record: Recorder;
let log: SecurityLog;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'security-'));
  path = join(directory, 'security.log');
  clock = new ManualClock();
  record = new Recorder();
  const note = (level: string) => (_: object, message: string) => record.note(`${level} ${message}`);
  const sink = { info: note('info'), warn: note('warn'), error: note('error') };
  log = new SecurityLog({ path, everyMs: EVERY_MS, log: sink }, clock);
  log.onEvent(({ account }) => record.note(`event ${account}`));
});
afterEach(async () => {
  log.stop();
  await rm(directory, { recursive: true });
});

it('tells what is logged from the start on, and nothing of before', async () => {
  await writeFile(path, line('before'));
  await log.start();
  await appendFile(path, line('a') + line('b'));
  await log.look();
  expect(record.lines).toEqual(['event a', 'event b']);
});

it('a line counts when its end is there', async () => {
  await writeFile(path, '');
  await log.start();
  const [head, tail] = [line('torn').slice(0, 100), line('torn').slice(100)];
  await appendFile(path, line('a') + head);
  await log.look();
  expect(record.lines).toEqual(['event a']);
  await appendFile(path, tail);
  await log.look();
  expect(record.lines).toEqual(['event a', 'event torn']);
});

it('a file that comes later, is rotated, or is cut short is read from its beginning', async () => {
  await log.start();
  await writeFile(path, line('late'));
  await log.look();
  await rename(path, `${path}.1`);
  await writeFile(path, line('new') + line('newer'));
  await log.look();
  await truncate(path, 0);
  await appendFile(path, line('cut'));
  await log.look();
  expect(record.lines).toEqual(['event late', 'event new', 'event newer', 'event cut']);
});

it('a listener that throws keeps nothing from the others, and may leave', async () => {
  await writeFile(path, '');
  const leave = log.onEvent(() => {
    throw new Error('bug');
  });
  log.onEvent(({ account }) => record.note(`second ${account}`));
  await log.start();
  await appendFile(path, line('a'));
  await log.look();
  expect(record.lines).toContain('error a security event handler threw');
  leave();
  await appendFile(path, line('b'));
  await log.look();
  expect(record.count('error')).toBe(1);
});

it('looks by itself', async () => {
  await log.start();
  await writeFile(path, line('a'));
  clock.advance(EVERY_MS);
  await record.seen('event a');
});

it('stopped: no timer is left', async () => {
  await log.start();
  log.stop();
  expect(clock.pending).toBe(0);
});

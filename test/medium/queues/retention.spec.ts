import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { deleteDue, recordingFile } from '../../../src/crm/queues/recording-files.js';
import { newId } from '../../../src/kernel/ids.js';
import { type Centre, openCentre } from '../crm/centre.js';

const day = 86_400_000;

describe('recordings that have been kept long enough', () => {
  let centre: Centre;
  let directory: string;
  beforeAll(async () => {
    centre = await openCentre();
    directory = mkdtempSync(join(tmpdir(), 'anydial-recordings-'));
  });
  afterAll(async () => {
    rmSync(directory, { recursive: true, force: true });
    await centre.close();
  });

  /** A recorded talk of that company, kept until then. */
  async function recorded(queueId: string, companyId: string | null, deleteAfter: Date): Promise<string> {
    const visit = await centre.ended(queueId);
    const id = newId();
    await centre.db.run(
      `INSERT INTO call_recording (id, call_id, queue_call_id, company_id, country, started_at, duration_ms, delete_after)
       VALUES ($1, $2, $3, $4, 'KR', now(), 60000, $5)`,
      [id, visit.callId, visit.id, companyId, deleteAfter],
    );
    const file = recordingFile(directory, id);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, 'RIFF');
    return id;
  }
  const isThere = (id: string) => existsSync(recordingFile(directory, id));

  test('given_some_are_due_then_their_audio_is_gone_that_there_was_one_stays_and_others_are_kept', async () => {
    const now = new Date();
    const queue = await centre.queue(centre.hanbit);
    const [due, kept] = [
      await recorded(queue, centre.hanbit, new Date(now.getTime() - 1)),
      await recorded(queue, centre.hanbit, new Date(now.getTime() + day)),
    ];
    expect(await deleteDue(centre.db, directory, now)).toBe(1);
    expect([isThere(due), isThere(kept)]).toEqual([false, true]);
    const { items } = (await centre.ask('GET /v1/call-recordings', undefined, centre.supervisor)).body as {
      items: { id: string; deletedAt: string | null; queue: string; callerNumber: string }[];
    };
    expect(items.find(({ id }) => id === due)?.deletedAt).not.toBeNull();
    expect(items.find(({ id }) => id === kept)).toMatchObject({
      deletedAt: null,
      queue: 'Sales',
      callerNumber: '+821012345678',
    });
    expect(await deleteDue(centre.db, directory, now)).toBe(0);
  });

  test('given_more_are_due_than_are_deleted_at_once_then_none_is_left', async () => {
    const now = new Date();
    const queue = await centre.queue(centre.hanbit);
    const visit = await centre.ended(queue);
    await centre.db.run(
      `INSERT INTO call_recording (id, call_id, queue_call_id, company_id, country, started_at, duration_ms, delete_after)
       SELECT gen_random_uuid(), $1, $2, $3, 'KR', now(), 1, $4 FROM generate_series(1, 250)`,
      [visit.callId, visit.id, centre.hanbit, now],
    );
    expect(await deleteDue(centre.db, directory, now)).toBe(250);
  });
});

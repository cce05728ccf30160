import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sql } from '../../infra/db/sql.js';
import { recordingName } from './recordings.js';

const AT_ONCE = 200;

/** The audio of a recording. @param directory Asterisk's recording directory */
export const recordingFile = (directory: string, id: string): string =>
  join(directory, `${recordingName(id)}.wav`);

/** Deletes what has been kept long enough and is under no legal hold; the row stays and says so. The file goes first: a crash in between only repeats it. */
export async function deleteDue(sql: Sql, directory: string, now: Date): Promise<number> {
  const due = await sql.rows<{ id: string }>(
    `SELECT id FROM call_recording r WHERE delete_after <= $1 AND deleted_at IS NULL
        AND NOT EXISTS (SELECT FROM legal_hold h WHERE h.member_id = r.company_id)
        AND NOT EXISTS (SELECT FROM legal_hold h JOIN call c ON c.member_id = h.member_id WHERE c.id = r.call_id)
      ORDER BY delete_after LIMIT $2`,
    [now, AT_ONCE],
  );
  for (const { id } of due) await deleteRecording(sql, directory, id);
  return due.length < AT_ONCE ? due.length : due.length + (await deleteDue(sql, directory, now));
}

export async function deleteRecording(sql: Sql, directory: string, id: string): Promise<void> {
  await rm(recordingFile(directory, id), { force: true });
  await sql.run('UPDATE call_recording SET deleted_at = now() WHERE id = $1 AND deleted_at IS NULL', [id]);
}

import type { Sql } from '../infra/db/sql.js';
import type { Tx } from '../infra/db/tx.js';
import { err, type Failure, failure, ok, type Result } from '../kernel/result.js';

/** One step of looking for a member. `target`: id of the device, contact number or carrier number; null for the others. */
export interface FindMeStep {
  readonly kind: 'devices' | 'device' | 'contact' | 'carrier' | 'voicemail';
  readonly target: string | null;
  readonly ringSeconds: number;
  /** Rings together with the step before. */
  readonly withPrevious: boolean;
}

export type FindMeFailure = Failure<'find-me.target-mismatch' | 'member.unknown'>;

/** In the order in which he is looked for; empty: all devices, then his voicemail. */
export async function findMeOf(sql: Sql, memberId: string): Promise<readonly FindMeStep[]> {
  return sql.rows<FindMeStep>(
    `SELECT kind, COALESCE(device_id, contact_number_id, carrier_number_id) AS target,
            ring_seconds AS "ringSeconds", with_previous AS "withPrevious"
       FROM find_me WHERE member_id = $1 ORDER BY position`,
    [memberId],
  );
}

/** Replaces the whole order. Targets must be the member's own, and proved where they are on other networks. */
export async function setFindMe(
  tx: Tx,
  memberId: string,
  steps: readonly FindMeStep[],
): Promise<Result<readonly FindMeStep[], FindMeFailure>> {
  const member = await tx.rows('SELECT FROM member WHERE id = $1 FOR UPDATE', [memberId]);
  if (member.length === 0)
    return err(
      failure('member.unknown', `There is no member ${memberId}.`, {
        hint: 'GET /v1/members lists those that you may see',
      }),
    );
  const browsers = await tx.rows<{ id: string }>(BROWSERS, [memberId]);
  const browser = steps.findIndex(({ target }) => browsers.some(({ id }) => id === target));
  if (browser >= 0) return err(namesBrowser(browser + 1));
  const usable = new Set((await tx.rows<{ id: string }>(TARGETS, [memberId])).map(({ id }) => id));
  const wrong = steps.findIndex(({ kind, target }) => target !== null && !usable.has(`${kind} ${target}`));
  if (wrong >= 0) return err(targetMismatch(wrong + 1, steps[wrong]?.kind ?? ''));
  await tx.run('DELETE FROM find_me WHERE member_id = $1', [memberId]);
  const of = (kind: FindMeStep['kind']) => steps.map((step) => (step.kind === kind ? step.target : null));
  await tx.run(INSERT, [
    memberId,
    steps.map(({ kind }) => kind),
    of('device'),
    of('contact'),
    of('carrier'),
    steps.map(({ ringSeconds }) => ringSeconds),
    steps.map(({ withPrevious }) => withPrevious),
  ]);
  return ok(await findMeOf(tx, memberId));
}

/** The steps of a member's order that name it, for people: it cannot be removed while there are any. */
export async function stepsThatName(sql: Sql, memberId: string, target: string): Promise<readonly string[]> {
  const rows = await sql.rows<{ position: number }>(STEPS_THAT_NAME, [memberId, target]);
  return rows.map(({ position }) => `step ${position} of the find-me order`);
}

export const STEPS_THAT_NAME = `
  SELECT position FROM find_me
   WHERE member_id = $1 AND (device_id = $2 OR contact_number_id = $2 OR carrier_number_id = $2) ORDER BY position`;

const TARGETS = `
  SELECT 'device ' || id AS id FROM device WHERE member_id = $1
  UNION ALL SELECT 'contact ' || id FROM contact_number WHERE member_id = $1 AND verified_at IS NOT NULL
  UNION ALL SELECT 'carrier ' || id FROM carrier_number WHERE member_id = $1 AND verified_at IS NOT NULL`;

/** Gone with their sessions, so that no step can name them. */
const BROWSERS = `
  SELECT d.id FROM device d JOIN browser_phone b ON b.device_id = d.id WHERE d.member_id = $1`;

const INSERT = `
  INSERT INTO find_me (member_id, position, kind, device_id, contact_number_id, carrier_number_id, ring_seconds, with_previous)
  SELECT $1, place, kind, device, contact, carrier, seconds, together
    FROM unnest($2::text[], $3::uuid[], $4::uuid[], $5::uuid[], $6::int[], $7::boolean[])
         WITH ORDINALITY AS step (kind, device, contact, carrier, seconds, together, place)`;

const targetMismatch = (step: number, kind: string): Failure<'find-me.target-mismatch'> =>
  failure('find-me.target-mismatch', `Step ${step} names no ${kind} of this member that is proved.`, {
    hint: "list the member's devices and numbers; a number on another network has to be verified first",
  });

const namesBrowser = (step: number): Failure<'find-me.target-mismatch'> =>
  failure('find-me.target-mismatch', `Step ${step} names a browser, which is gone when its user signs out.`, {
    hint: 'a step of kind devices rings signed-in browsers, too',
  });

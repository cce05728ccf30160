import type { Sql } from '../../infra/db/sql.js';
import type { Tx } from '../../infra/db/tx.js';
import { nextState } from '../../kernel/fsm.js';
import { newId } from '../../kernel/ids.js';
import { err, type Failure, failure, ok, type Result } from '../../kernel/result.js';
import { cardOf } from '../customers/customers.service.js';
import { type CampaignMove, type CampaignStatus, campaignStates } from '../domain/campaign-states.js';
import { zonesOf } from '../domain/time-zones.js';
import { isSeen, type Owner, type Seen } from '../owner.js';
import { forbiddenOf } from './do-not-call.js';
import type { SegmentCustomer } from './segments.js';

export interface CampaignRow {
  readonly id: string;
  readonly owner: Owner;
  readonly name: string;
  readonly script: string;
  readonly status: CampaignStatus;
  readonly fromTime: string;
  readonly toTime: string;
  readonly days: readonly number[];
  readonly maxAttempts: number;
  readonly retryMinutes: number;
  readonly createdAt: Date;
}

export const CAMPAIGN_COLUMNS = `
  id, owner, name, script, status, to_char(from_time, 'HH24:MI') AS "fromTime", to_char(to_time, 'HH24:MI') AS "toTime", days,
  max_attempts AS "maxAttempts", retry_minutes AS "retryMinutes", created_at AS "createdAt"`;

export type CampaignFailure = Failure<'campaign.unknown' | 'campaign.not-allowed'>;

export async function seenCampaign(
  sql: Sql,
  seen: Seen,
  id: string,
): Promise<Result<CampaignRow, CampaignFailure>> {
  const [found] = await sql.rows<CampaignRow>(`SELECT ${CAMPAIGN_COLUMNS} FROM campaign WHERE id = $1`, [id]);
  return found === undefined || !isSeen(seen, found.owner) ? err(unknown) : ok(found);
}

export async function moveCampaign(
  tx: Tx,
  id: string,
  move: CampaignMove,
): Promise<Result<CampaignRow, CampaignFailure>> {
  const [locked] = await tx.rows<{ status: CampaignStatus }>(
    'SELECT status FROM campaign WHERE id = $1 FOR UPDATE',
    [id],
  );
  if (locked === undefined) return err(unknown);
  const to = nextState(campaignStates, locked.status, move);
  if (!to.ok) return err(notAllowed(locked.status, move));
  const [row] = await tx.rows<CampaignRow>(
    `UPDATE campaign SET status = $2 WHERE id = $1 RETURNING ${CAMPAIGN_COLUMNS}`,
    [id, to.value],
  );
  return row === undefined ? err(unknown) : ok(row);
}

/** How many contacts are where. */
export const progressOf = (sql: Sql, campaignId: string) =>
  sql.rows<{ state: string; outcome: string | null; contacts: number }>(
    `SELECT state, outcome, count(*)::int AS contacts FROM campaign_contact WHERE campaign_id = $1 GROUP BY 1, 2 ORDER BY 1, 2`,
    [campaignId],
  );

/** Whom a campaign could call. */
export type Candidate = Pick<SegmentCustomer, 'id' | 'number' | 'country' | 'language' | 'timeZone'>;

export interface Added {
  readonly added: number;
  readonly already: number;
  readonly doNotCall: number;
  readonly withoutNumber: number;
  readonly withoutCountry: number;
}
export const nobodyAdded: Added = { added: 0, already: 0, doNotCall: 0, withoutNumber: 0, withoutCountry: 0 };

/** Puts customers into a campaign, each number once; who may not or can't be called is left out, and counted. */
export async function addContacts(
  tx: Tx,
  campaign: CampaignRow,
  candidates: readonly Candidate[],
): Promise<Added> {
  const { id: campaignId, owner } = campaign;
  const numbered = candidates.flatMap((one) => (one.number === null ? [] : [{ ...one, number: one.number }]));
  const forbidden = await forbiddenOf(
    tx,
    owner,
    numbered.map(({ number }) => number),
  );
  const allowed = numbered.filter(({ number }) => !forbidden.has(number));
  const placed = allowed
    .map((one) => ({ ...one, zones: one.timeZone === null ? zonesOf(one.country ?? '') : [one.timeZone] }))
    .filter(({ zones }) => zones.length > 0);
  const added = await tx.run(
    `INSERT INTO campaign_contact (id, campaign_id, owner, customer_id, number, language, zones, state)
     SELECT c.id, $2, $3, c.customer_id, c.number, c.language, c.zones, 'waiting'
       FROM jsonb_to_recordset($1) AS c (id uuid, customer_id uuid, number text, language text, zones text[])
     ON CONFLICT (campaign_id, number) DO NOTHING`,
    [
      JSON.stringify(
        placed.map(({ id, number, language, zones }) => ({
          id: newId(),
          customer_id: id,
          number,
          language: language ?? 'en',
          zones,
        })),
      ),
      campaignId,
      owner,
    ],
  );
  return {
    added,
    already: placed.length - added,
    doNotCall: numbered.length - allowed.length,
    withoutNumber: candidates.length - numbered.length,
    withoutCountry: allowed.length - placed.length,
  };
}

export const sumOf = (a: Added, b: Added): Added => ({
  added: a.added + b.added,
  already: a.already + b.already,
  doNotCall: a.doNotCall + b.doNotCall,
  withoutNumber: a.withoutNumber + b.withoutNumber,
  withoutCountry: a.withoutCountry + b.withoutCountry,
});

export interface GivenNumber {
  readonly number: string;
  readonly name?: string | undefined;
  readonly language?: string | undefined;
  readonly country: string | undefined;
}

/** A card for a number that somebody brings along; what the card says already stays. */
export async function candidateOf(tx: Tx, owner: Owner, given: GivenNumber): Promise<Candidate> {
  const { number, name, language, country } = given;
  const facts = {
    ...(name === undefined ? {} : { name }),
    ...(language === undefined ? {} : { language }),
    ...(country === undefined ? {} : { country }),
  };
  const card = await cardOf(tx, owner, { number, memberId: null }, facts);
  return {
    id: card?.id ?? newId(),
    number: card === undefined ? null : number,
    country: card?.country ?? country ?? null,
    language: (card?.language ?? language ?? null)?.split('-', 1)[0] ?? null,
    timeZone: card?.timeZone ?? null,
  };
}

const unknown = failure('campaign.unknown', 'There is no such campaign.', {
  hint: 'GET /v1/campaigns lists yours',
});
const notAllowed = (status: string, move: string) =>
  failure('campaign.not-allowed', `A campaign that is ${status} can't ${move}.`, {
    hint: 'docs/campaigns.md shows the moves',
  });

import type { Db } from '../../infra/db/db.js';
import type { Log } from '../../infra/log/log.js';
import { newId } from '../../kernel/ids.js';
import type { Visit } from './queue.rows.js';

export type RecordingMode = 'never' | 'announced';

export interface RecordingRule {
  readonly mode: RecordingMode;
  readonly keepDays: number;
}

const NEVER: RecordingRule = { mode: 'never', keepDays: 1 };

/** What is recorded of calls from which country, and for how long it is kept. */
export class RecordingRules {
  private rules = new Map<string, RecordingRule>();

  constructor(private readonly db: Db) {}

  async load(): Promise<void> {
    const rows = await this.db.rows<{ companyId: string | null; country: string } & RecordingRule>(
      'SELECT company_id AS "companyId", country, mode, keep_days AS "keepDays" FROM recording_rule',
    );
    this.rules = new Map(
      rows.map(({ companyId, country, mode, keepDays }) => [keyOf(companyId, country), { mode, keepDays }]),
    );
  }

  /** The company's own, else the operator's, else never. */
  of(companyId: string | null, country: string): RecordingRule {
    return this.rules.get(keyOf(companyId, country)) ?? this.rules.get(keyOf(null, country)) ?? NEVER;
  }
}

const keyOf = (companyId: string | null, country: string): string => `${companyId ?? ''} ${country}`;

/** Where a recording lies below Asterisk's recording directory, without `.wav`. */
export const recordingName = (id: string): string => `calls/${id}`;

/** The row comes before the file: what is recorded is known, and deleted in time, whatever happens in between. */
export async function beginRecording(
  db: Db,
  log: Pick<Log, 'warn'>,
  visit: Visit,
  { keepDays }: RecordingRule,
): Promise<string | undefined> {
  const id = newId();
  const { id: queueCallId, callId, companyId, agentId, country } = visit;
  try {
    await db.run(
      `INSERT INTO call_recording (id, call_id, queue_call_id, company_id, agent_id, country, started_at, delete_after)
       VALUES ($1, $2, $3, $4, $5, $6, date_trunc('milliseconds', now()), now() + make_interval(days => $7))`,
      [id, callId, queueCallId, companyId, agentId, country, keepDays],
    );
    return recordingName(id);
  } catch (error) {
    log.warn({ err: error, call: callId }, 'a talk is not recorded: its row could not be written');
    return undefined;
  }
}

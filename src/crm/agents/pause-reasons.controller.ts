import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import type { Sql } from '../../infra/db/sql.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { code, languageTag, oneLine } from '../fields.js';
import { HOUSE, type Owner } from '../owner.js';
import { seenByCaller } from '../signed-in.js';

interface PauseReason {
  readonly owner: Owner;
  readonly code: string;
  readonly label: Readonly<Record<string, string>>;
  readonly position: number;
  readonly active: boolean;
}

const put = z.strictObject({
  /** By language; English at least. */
  label: z.record(languageTag, oneLine(100)).refine((label) => 'en' in label, 'needs a label in en'),
  position: z.number().int().min(0).max(1_000).default(0),
  active: z.boolean().default(true),
});

/** Why agents pause, in a centre's own words: a company's, else the house's. */
@Controller('v1/pause-reasons')
export class PauseReasonsController {
  constructor(private readonly db: Db) {}

  @Get()
  @Policy('agents.read')
  async list(@CurrentPrincipal() principal: Principal) {
    return { items: await reasonsOf(this.db, seenByCaller(principal).own) };
  }

  @Put(':code')
  @Policy('desk.manage')
  async put(
    @CurrentPrincipal() principal: Principal,
    @Param('code', { schema: code }) wanted: string,
    @Body({ schema: put }) { label, position, active }: z.output<typeof put>,
  ): Promise<PauseReason> {
    const { own: owner } = seenByCaller(principal);
    await this.db.run(PUT, [owner, wanted, JSON.stringify(label), position, active]);
    return { owner, code: wanted, label, position, active };
  }
}

/** A company's own; the house's as long as it has none. */
const reasonsOf = (sql: Sql, owner: Owner): Promise<readonly PauseReason[]> =>
  sql.rows<PauseReason>(
    `SELECT owner, code, label, position, active FROM pause_reason
      WHERE owner = $1 OR (owner = $2 AND NOT EXISTS (SELECT FROM pause_reason own WHERE own.owner = $1))
      ORDER BY position, code LIMIT 200`,
    [owner, HOUSE],
  );

const PUT = `
  INSERT INTO pause_reason (owner, code, label, position, active) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (owner, code) DO UPDATE SET label = excluded.label, position = excluded.position, active = excluded.active`;

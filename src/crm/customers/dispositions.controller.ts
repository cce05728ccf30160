import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { TableRows } from '../../infra/db/table-rows.js';
import { orProblem } from '../../infra/http/answer.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { newId } from '../../kernel/ids.js';
import { err, failure, ok } from '../../kernel/result.js';
import { code, languageTag, oneLine, uuid } from '../fields.js';
import type { Owner } from '../owner.js';
import { seenByCaller } from '../signed-in.js';
import { ownerOfCall } from './call-owner.js';

interface DispositionRow {
  readonly id: string;
  readonly owner: Owner;
  readonly code: string;
  readonly label: Readonly<Record<string, string>>;
  readonly position: number;
  readonly active: boolean;
}
const DISPOSITIONS = new TableRows<DispositionRow>(
  'disposition',
  ['owner', 'code'],
  ['id', 'owner', 'code', 'label', 'position', 'active'],
);

const put = z.strictObject({
  /** By language; English at least. */
  label: z.record(languageTag, oneLine(100)).refine((label) => 'en' in label, 'needs a label in en'),
  position: z.number().int().min(0).max(1_000).default(0),
  active: z.boolean().default(true),
});
const said = z.strictObject({ code });

/** How calls end for a company: its own words, and which of them an agent chose for a call. */
@Controller('v1')
export class DispositionsController {
  constructor(private readonly db: Db) {}

  @Get('dispositions')
  @Policy('customers.read')
  async list(@CurrentPrincipal() principal: Principal) {
    const found = await DISPOSITIONS.all(this.db, { owner: seenByCaller(principal).own });
    return { items: found.toSorted((a, b) => a.position - b.position) };
  }

  @Put('dispositions/:code')
  @Policy('desk.manage')
  async put(
    @CurrentPrincipal() principal: Principal,
    @Param('code', { schema: code }) wanted: string,
    @Body({ schema: put }) given: z.output<typeof put>,
  ) {
    const { own: owner } = seenByCaller(principal);
    const known = await DISPOSITIONS.one(this.db, { owner, code: wanted });
    return DISPOSITIONS.put(this.db, { id: known?.id ?? newId(), owner, code: wanted, ...given });
  }

  /** How that call ended; said again, the later word counts. */
  @Put('call-dispositions/:callId')
  @Policy('customers.manage')
  async say(
    @CurrentPrincipal() principal: Principal,
    @Param('callId', { schema: uuid }) callId: string,
    @Body({ schema: said }) { code: chosen }: z.output<typeof said>,
  ) {
    const seen = seenByCaller(principal);
    const owner = orProblem(await ownerOfCall(this.db, seen, callId));
    const known = await DISPOSITIONS.one(this.db, { owner, code: chosen, active: true });
    orProblem(known === undefined ? err(unknownCode(chosen)) : ok(known));
    await this.db.run(SAY, [owner, callId, chosen, principal.accountId]);
    return { callId, code: chosen };
  }
}

const SAY = `
  INSERT INTO call_disposition (owner, call_id, code, account_id) VALUES ($1, $2, $3, $4)
  ON CONFLICT (owner, call_id) DO UPDATE SET code = excluded.code, account_id = excluded.account_id, at = now()`;

const unknownCode = (wanted: string) =>
  failure('disposition.mismatch', `There is no disposition ${wanted}.`, {
    hint: 'GET /v1/dispositions lists them',
  });

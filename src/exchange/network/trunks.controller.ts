import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { unlessRefused } from '../../infra/db/refusals.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { type Page, pageOf, pageQuery } from '../../infra/http/page.js';
import { Policy } from '../../infra/http/policy.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { parseNumberFormat } from '../../numbering/index.js';
import { country, e164, label, most, slug, textCursor } from '../fields.js';
import { exists, inUse, inUseNow, mismatch, unknown } from './network.failures.js';
import { TRUNKS, type TrunkView } from './network.rows.js';
import { usersOfTrunk } from './trunk-users.js';

/** How the far network writes numbers: `{"form":"national"}`, `{"form":"international","prefix":"010"}` … (docs/number-plan.md). */
const numberFormat = z.unknown().transform((given, context) => {
  const parsed = parseNumberFormat(given);
  if (parsed.ok) return parsed.value;
  context.addIssue({ code: 'custom', message: parsed.failure.message });
  return z.NEVER;
});

const terms = z.strictObject({
  name: label,
  kind: z.enum(['gateway', 'centre', 'carrier']),
  country,
  /** IP address or name: calls from its addresses are this trunk's. */
  host: z.string().regex(/^[A-Za-z0-9.:-]{1,253}$/, 'must be an IP address or a host name'),
  port: z.number().int().min(1).max(65_535),
  transport: z.enum(['udp', 'tcp', 'tls']),
  calledFormat: numberFormat,
  callingFormat: numberFormat,
  defaultCli: e164.nullable(),
  trusted: z.boolean(),
  emergency: z.boolean(),
  /** Calls that leave by it are signed (STIR/SHAKEN); both number formats are e164 or e164plus then. */
  attests: z.boolean(),
  /** Signatures of calls that come in by it: not looked at, kept in the call's record, or who is not verified is refused. */
  verifies: z.enum(['no', 'record', 'reject']),
  maxCalls: most,
  maxCallsPerSecond: most,
  enabled: z.boolean(),
  /** What the carrier's challenges (401, 407) are answered with; both or neither. The secret is in no answer. */
  username: z
    .string()
    .regex(/^[A-Za-z0-9._+~@-]{1,64}$/, 'must be 1 to 64 of A-Z, a-z, 0-9 and . _ + ~ @ -')
    .nullable(),
  secret: z
    .string()
    .regex(/^[!-~]{1,128}$/, 'must be 1 to 128 visible ASCII characters without blanks')
    .nullable(),
  /** Whether we register with the carrier (REGISTER), for one that does not know us by our address. */
  registers: z.boolean(),
});
const newTrunk = terms
  .partial()
  .required({ name: true, kind: true, country: true, host: true, calledFormat: true, callingFormat: true })
  .extend({ id: slug });
const changedTrunk = terms.partial();
const listQuery = pageQuery(textCursor);

/** Ways to other networks. Calls and Asterisk follow a change at once (docs/operating.md). */
@Controller('v1/trunks')
export class TrunksController {
  constructor(private readonly db: Db) {}

  @Get()
  @Policy('network.read')
  async list(
    @Query({ schema: listQuery }) { limit, cursor }: z.output<typeof listQuery>,
  ): Promise<Page<TrunkView>> {
    return pageOf(await TRUNKS.page(this.db, {}, cursor, limit + 1), limit, ({ id }) => [id]);
  }

  @Get(':id')
  @Policy('network.read')
  async one(@Param('id', { schema: slug }) id: string): Promise<TrunkView> {
    return orProblem(found(await TRUNKS.one(this.db, { id }), id));
  }

  @Post()
  @Policy('network.manage')
  @Idempotent()
  async create(@Body({ schema: newTrunk }) wanted: z.output<typeof newTrunk>): Promise<TrunkView> {
    return orProblem(
      await unlessRefused(refusals, async () => {
        const made = await TRUNKS.insert(this.db, wanted);
        return made === undefined ? err(exists('trunk', wanted.id)) : ok(made);
      }),
    );
  }

  @Patch(':id')
  @Policy('network.manage')
  async change(
    @Param('id', { schema: slug }) id: string,
    @Body({ schema: changedTrunk }) changes: z.output<typeof changedTrunk>,
  ): Promise<TrunkView> {
    return orProblem(
      await unlessRefused(refusals, async () => found(await TRUNKS.update(this.db, { id }, changes), id)),
    );
  }

  /** Refused while a route, a centre or a carrier needs it: routes must not vanish with it unseen. */
  @Delete(':id')
  @HttpCode(204)
  @Policy('network.manage')
  async remove(@Param('id', { schema: slug }) id: string): Promise<void> {
    const removed = await unlessRefused({ '23503': inUseNow('trunk', id) }, () =>
      this.db.inTx(async (tx) => {
        await tx.rows('SELECT FROM trunk WHERE id = $1 FOR UPDATE', [id]);
        const users = await usersOfTrunk(tx, id);
        if (users.length > 0) return err(inUse('trunk', id, users));
        return (await TRUNKS.delete(tx, { id })) === 1 ? ok(undefined) : err(unknown('trunk', id));
      }),
    );
    orProblem(removed);
  }
}

/** RFC 8225 signs telephone numbers with their country codes, and Asterisk compares what stands in From. */
const refusals = {
  '23514:trunk_credentials': mismatch(
    'trunk',
    'A user name and a secret go together, and only a trunk that has them can register.',
    'give username and secret together, or both as null with registers false',
  ),
  '23514': mismatch(
    'trunk',
    'Only a trunk that writes numbers with their country codes can sign or verify who calls, and no centre signs.',
    'set calledFormat and callingFormat to {"form":"e164"} or {"form":"e164plus"}, or attests to false and verifies to "no"',
  ),
};

const found = (trunk: TrunkView | undefined, id: string): Result<TrunkView> =>
  trunk === undefined ? err(unknown('trunk', id)) : ok(trunk);

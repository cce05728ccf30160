import { Body, Controller, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import {
  CallOrders,
  callOver,
  callUnknown,
  houseOnly,
  operatorsReason,
  wishFor,
} from '../../exchange/index.js';
import { Db } from '../../infra/db/db.js';
import type { Sql } from '../../infra/db/sql.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { newId } from '../../kernel/ids.js';
import { err, failure, ok, type Result } from '../../kernel/result.js';

const wanted = z.strictObject({
  reason: operatorsReason,
  /** SIP user name of one of his own telephones; his first unless told. */
  device: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{2,39}$/, 'must be the account of a telephone')
    .optional(),
});

/** Whoever presses the button sits before his telephone. */
const PATIENCE_MS = 60_000;

interface Listenable {
  readonly node: string;
  readonly state: string;
  readonly emergency: boolean;
  readonly country: string;
  /** Of the house: what is recorded of calls from that country. */
  readonly mode: string | null;
}

/** The operator's own telephone is rung, and when he answers, and those who talk were told, he hears them (ADR 75). */
@Controller('v1/calls/:id/listen')
export class ListeningController {
  constructor(
    private readonly db: Db,
    private readonly orders: CallOrders,
  ) {}

  /** Rings your own telephone; when you answer, and those who talk were told, you hear them. */
  @Post()
  @Policy('calls.listen')
  @Idempotent()
  async listen(
    @CurrentPrincipal() principal: Principal,
    @Param('id', { schema: z.uuid() }) callId: string,
    @Body({ schema: wanted }) { reason, device }: z.output<typeof wanted>,
  ): Promise<{ readonly orderId: string; readonly callId: string }> {
    houseOnly(principal);
    const [call] = await this.db.rows<Listenable>(CALL, [callId]);
    const { node } = orProblem(mayBeHeard(callId, call));
    const { memberId, deviceId, language } = orProblem(await ownPhone(this.db, principal.accountId, device));
    const orderId = newId();
    await this.db.inTx(async (tx) => {
      await wishFor(this.db, tx, { kind: 'listen', callId, node, accountId: principal.accountId, reason });
      await this.orders.place(tx, {
        orderId,
        purpose: 'operator-listens',
        account: { kind: 'member', memberId },
        ring: { kind: 'device', deviceId },
        ringSeconds: 30,
        language,
        onAnswer: { do: 'service', service: 'listen', call: callId },
        expiresAt: new Date(Date.now() + PATIENCE_MS).toISOString(),
      });
    });
    return { orderId, callId };
  }
}

/** By the house's rule for the country that the call comes from: where nothing may be recorded, nobody listens either. */
function mayBeHeard(id: string, call: Listenable | undefined): Result<Listenable> {
  if (call === undefined) return err(callUnknown(id));
  if (call.state === 'ended') return err(callOver(id));
  if (call.emergency)
    return err(
      failure('listening.not-allowed', 'Nobody listens to calls for help.', { hint: 'let it go on' }),
    );
  if (call.mode !== 'announced')
    return err(
      failure('listening.not-allowed', `Calls from ${call.country} may not be listened to.`, {
        hint: `set the house's rule: PUT /v1/recording-rules/${call.country} {"mode": "announced"}, where its law allows it`,
      }),
    );
  return ok(call);
}

const CALL = `
  SELECT c.node, c.state, COALESCE((c.snapshot #>> '{plan,emergency}')::boolean, false) AS emergency,
         COALESCE(c.snapshot #>> '{origin,country}', '') AS country, r.mode
    FROM call c
    LEFT JOIN recording_rule r ON r.company_id IS NULL AND r.country = c.snapshot #>> '{origin,country}'
   WHERE c.id = $1`;

interface OwnPhone {
  readonly memberId: string;
  readonly deviceId: string;
  readonly language: string;
}

async function ownPhone(
  sql: Sql,
  accountId: string,
  wantedOne: string | undefined,
): Promise<Result<OwnPhone>> {
  const [found] = await sql.rows<OwnPhone>(PHONE, [accountId, wantedOne ?? null]);
  return found === undefined ? err(noPhone) : ok(found);
}

const noPhone = failure('listening.mismatch', 'Your account has no such telephone to ring.', {
  hint: 'register your account as a member, and give it a telephone (Devices)',
});

const PHONE = `
  SELECT m.id AS "memberId", d.id AS "deviceId", a.language
    FROM user_account a JOIN member m ON m.id = a.member_id JOIN device d ON d.member_id = m.id
   WHERE a.id = $1 AND m.status = 'active' AND d.enabled AND ($2::text IS NULL OR d.username = $2)
   ORDER BY EXISTS (SELECT FROM registration r WHERE r.username = d.username) DESC, d.created_at, d.username LIMIT 1`;

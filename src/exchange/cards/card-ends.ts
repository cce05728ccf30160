import type { AriPort } from '../../infra/ari/ari.port.js';
import type { Sql } from '../../infra/db/sql.js';
import type { CallRegistry } from '../call-registry.js';
import { type Call, liveLegs } from '../domain/call.js';
import { q850 } from '../domain/causes.js';

/** A card that has left a terminal. */
export interface Left {
  readonly deviceId: string;
  readonly username: string;
  readonly holderId: string;
  readonly revoked: boolean;
}

export interface CardEndsParts {
  readonly sql: Sql;
  readonly registry: Pick<CallRegistry, 'all'>;
  readonly ari: Pick<AriPort, 'hangup'>;
}

/**
 * What is under way at a terminal when somebody's card leaves it. Who is rung there for the holder is rung there no more; a talk goes
 * on, unless the card was lost (revoked): then whoever talks there on the holder's account is hung up.
 */
export class CardEnds {
  constructor(private readonly parts: CardEndsParts) {}

  /** The card at that terminal may have changed. */
  async terminalChanged(deviceId: string): Promise<void> {
    const [left] = await this.parts.sql.rows<Left>(LAST, [deviceId]);
    if (left === undefined) return;
    for (const { call } of this.parts.registry.all())
      for (const { channel, cause } of goneWith(call, left)) void this.parts.ari.hangup(channel, cause);
  }
}

/** The latest, unless he is there again. */
const LAST = `
  SELECT d.id AS "deviceId", d.username, a.member_id AS "holderId", a.ended_by = 'revoked' AS revoked
    FROM card_activation a JOIN device d ON d.id = a.device_id
   WHERE a.device_id = $1 AND a.ended_at IS NOT NULL
     AND NOT EXISTS (SELECT FROM card_activation now
                      WHERE now.device_id = $1 AND now.member_id = a.member_id AND now.ended_at IS NULL)
   ORDER BY a.ended_at DESC LIMIT 1`;

/** The channels of a call that end with the card. A call for help never does. */
export function goneWith(call: Call, left: Left): readonly { channel: string; cause: number }[] {
  const { origin, caller, plan } = call;
  if (plan?.emergency === true) return [];
  const legs = liveLegs(call)
    .filter(({ plan: { kind, target, member } }) => {
      return kind === 'device' && target === left.username && member === left.holderId;
    })
    .filter(({ status }) => left.revoked || status !== 'answered')
    .map(({ channel, status }) => ({
      channel,
      cause: status === 'answered' ? q850.normal : q850.noAnswer,
    }));
  const calls =
    origin.kind === 'member' && origin.deviceId === left.deviceId && origin.memberId === left.holderId;
  return left.revoked && calls && caller.endedAt === undefined
    ? [...legs, { channel: caller.channel, cause: q850.normal }]
    : legs;
}

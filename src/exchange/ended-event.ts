import type { EventOf } from '../events.js';
import type { CallRecord, LegRecord } from './domain/record.js';

const E164 = /^\+[1-9][0-9]{2,14}$/;

/** The facts of an ended call for whoever charges it (topic `call.ended`). Undefined while the call is open. */
export function endedEvent(record: CallRecord): EventOf<'call.ended'> | undefined {
  const { endedAt } = record;
  if (endedAt === null) return undefined;
  const dialled = record.called !== null && E164.test(record.called) ? record.called : null;
  // Who had the call sent out of our net pays for that, the caller for reaching him: that stayed within it.
  const sentOn = record.legs.find((leg) => leg.payer !== undefined && answeredTheCall(leg, record));
  return {
    callId: record.id,
    memberId: sentOn?.payer ?? record.memberId,
    reading: record.reading,
    called: sentOn === undefined ? dialled : (sentOn.e164 ?? null),
    onNet: staysOnNet(record),
    answeredAt: record.answeredAt,
    endedAt,
    billable: record.billable ?? false,
    legs: record.legs.map((leg) => ({
      leg: leg.leg,
      kind: leg.kind,
      target: leg.target,
      e164: leg.kind === 'trunk' ? (leg.e164 ?? dialled) : null,
      answeredAt: leg.answeredAt,
      endedAt: leg.endedAt,
    })),
  };
}

/** A device of ours answered, or a number of ours that a partner's centre has. */
const staysOnNet = (record: CallRecord): boolean =>
  record.legs.some(
    (leg) =>
      answeredTheCall(leg, record) &&
      (leg.kind === 'device' ||
        (leg.payer === undefined && (record.reading === 'pin' || record.reading === 'vns'))),
  );

const answeredTheCall = (leg: LegRecord, record: CallRecord): boolean =>
  leg.answeredAt !== null && leg.answeredAt === record.answeredAt;

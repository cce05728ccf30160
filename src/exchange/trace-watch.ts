import type { Place } from '../infra/trace/place.js';
import { type Attributes, placeOfId, tracing } from '../infra/trace/tracing.js';
import type { Call, Leg } from './domain/call.js';
import { endedAtOf } from './domain/record.js';
import type { ExchangeWatch } from './exchange.watch.js';

/**
 * Writes an ended call and its legs down as spans: all their times are in the call itself, so nothing is kept meanwhile, and a call
 * that another process began has its span all the same. Look-ups, decisions and saves tell of themselves. No number is told.
 */
export class TraceWatch implements Partial<ExchangeWatch> {
  over(call: Call): void {
    const tracer = tracing();
    const place = placeOfId(call.id);
    if (tracer === undefined || place === undefined) return;
    const span = tracer.begin({
      name: 'call',
      kind: 'server',
      place,
      at: call.startedAt,
      attributes: attributesOf(call),
    });
    if (call.ringingAt !== undefined) span.event('ringing', call.ringingAt);
    if (call.answeredAt !== undefined) span.event('answered', call.answeredAt);
    for (const leg of call.legs) traceLeg(call, leg, place);
    span.end({ at: endedAtOf(call) });
  }
}

function attributesOf({ id, caller, origin, account, ending, node }: Call): Attributes {
  return {
    'anydial.call.id': id,
    'anydial.node': node,
    'anydial.origin': origin.kind,
    'anydial.country': origin.country,
    ...(caller.sipCallId === undefined ? {} : { 'sip.call_id': caller.sipCallId }),
    ...(account?.reading === undefined ? {} : { 'anydial.reading': account.reading }),
    ...(ending === undefined
      ? {}
      : {
          'anydial.reason': ending.reason,
          'anydial.ended_by': ending.by,
          'anydial.q850': ending.q850,
          'anydial.billable': ending.billable,
        }),
  };
}

function traceLeg(call: Call, leg: Leg, parent: Place): void {
  const span = tracing()?.begin({
    name: `leg ${leg.plan.kind}`,
    parent,
    at: leg.createdAt ?? call.startedAt,
    attributes: {
      'anydial.attempt': leg.attempt,
      ...(leg.plan.kind === 'trunk' ? { 'anydial.trunk': leg.plan.target } : {}),
      ...(leg.q850 === undefined ? {} : { 'anydial.q850': leg.q850 }),
      ...(leg.sip === undefined ? {} : { 'anydial.sip': leg.sip }),
    },
  });
  if (leg.ringingAt !== undefined) span?.event('ringing', leg.ringingAt);
  if (leg.answeredAt !== undefined) span?.event('answered', leg.answeredAt);
  span?.end({ at: leg.endedAt ?? call.seenAt });
}

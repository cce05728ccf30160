import type { Call, Time } from './call.js';
import type { CallEvent } from './call-event.js';
import type { Effect } from './effect.js';
import { bridgeOf } from './ids.js';
import { meetingBridgeOf, refusalOf } from './transfer.js';

/** What one step of a call tells the calls that a transfer linked it with: its answer, and its end. */
export function linkEffects(before: Call, after: Call, event: CallEvent): readonly Effect[] {
  const at = 'at' in event ? Math.max(before.seenAt, event.at ?? 0) : before.seenAt;
  return [...answered(before, after), ...ended(before, after, at), ...secondOver(before, after, at)];
}

function answered(before: Call, { id, borrowed, answeredAt }: Call): readonly Effect[] {
  if (borrowed === undefined || answeredAt === undefined || before.answeredAt !== undefined) return [];
  return [
    { do: 'tell-call', call: borrowed.from, event: { type: 'transfer.answered', call: id, at: answeredAt } },
  ];
}

/** The call that an order opened to B says why it is over. */
function secondOver(before: Call, { id, ending, borrowed, origin }: Call, at: Time): readonly Effect[] {
  if (ending === undefined || before.ending !== undefined) return [];
  if (borrowed === undefined || origin.kind !== 'order') return [];
  const event = { type: 'second.ended', call: id, reason: ending.reason, at } as const;
  return [{ do: 'tell-call', call: borrowed.from, event }];
}

/** `at`: now. The record of the call may end earlier. */
function ended(before: Call, { id, ending, transfer }: Call, at: Time): readonly Effect[] {
  if (ending === undefined || before.ending !== undefined || transfer?.kind !== 'attended') return [];
  return [{ do: 'tell-call', call: transfer.with, event: { type: 'partner.ended', call: id, at } }];
}

/** A borrowed caller goes back to whom he was taken from, instead of being hung up; undefined when he can't. */
export function giveBack(
  call: Call,
): { readonly call: Call; readonly effects: readonly Effect[] } | undefined {
  const { borrowed, caller, ending, answeredAt } = call;
  const seenAt = Math.max(call.seenAt, ...call.legs.map(({ endedAt = 0 }) => endedAt));
  const wanted = borrowed?.returnable === true && answeredAt === undefined && caller.endedAt === undefined;
  if (!wanted || ending === undefined) return undefined;
  const event = {
    type: 'transfer.failed',
    call: call.id,
    at: seenAt,
    progress: refusalOf(ending.q850),
  } as const;
  return {
    call: { ...call, caller: { ...caller, endedAt: seenAt } },
    effects: [{ do: 'tell-call', call: borrowed.from, event }],
  };
}

/** A kept party that was to come into the other call's bridge and is not there. */
export function moveAgain(
  call: Call,
  present: readonly string[],
  bridged: readonly string[],
): readonly Effect[] {
  const { transfer } = call;
  if (transfer?.kind !== 'attended' || meetingBridgeOf(call) === bridgeOf(call.id)) return [];
  const { kept, bridge } = transfer;
  return present.includes(kept) && !bridged.includes(kept) ? [{ do: 'move', bridge, channel: kept }] : [];
}

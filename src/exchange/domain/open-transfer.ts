import type { Call, Origin } from './call.js';
import type { Effect } from './effect.js';
import { openCall } from './open-call.js';
import type { Step } from './step-result.js';
import { otherPartyOf } from './transfer.js';

type OpenTransfer = Extract<Effect, { do: 'open-transfer' }>;

/**
 * The call that a blind transfer makes: the transferor's own (he dialled, he pays, his rules count), with the kept party
 * in his place at the caller's end. Undefined when that party has gone meanwhile.
 */
export function openTransfer(
  parent: Call,
  { id, by, kept, at, dialled }: OpenTransfer,
  origin: Origin,
): Step | undefined {
  const { transfer } = parent;
  if (transfer?.kind !== 'blind' || transfer.to !== id || parent.state !== 'talking') return undefined;
  const ofCaller = kept === parent.caller.channel;
  const leg = parent.legs.find(({ channel }) => channel === kept);
  const { number, name } = ofCaller ? parent.caller : { number: leg?.plan.called ?? '', name: '' };
  const opened = openCall({
    node: parent.node,
    caller: { channel: kept, number, name },
    channelCreatedAt: at,
    at,
    origin,
    dialled,
  });
  const returnable = otherPartyOf(parent, kept) !== undefined;
  const fromTrunk = ofCaller && parent.origin.kind === 'trunk' && parent.borrowed === undefined;
  const borrowed = { from: parent.id, by, returnable, fromTrunk };
  return { ...opened, call: { ...opened.call, id, borrowed } };
}

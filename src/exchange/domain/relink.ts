import type { Call } from './call.js';
import type { CallEvent } from './call-event.js';

/** Something that one call has to be told of another. */
export interface Told {
  readonly call: string;
  readonly event: CallEvent;
}

/**
 * Calls taken up after a crash that a transfer links: each was saved by itself, so one may know of the transfer and the
 * other not yet. What each must be told to catch up; telling it twice changes nothing. `open` knows all open calls.
 */
export function relink(adopted: readonly Call[], open: (id: string) => Call | undefined): readonly Told[] {
  return adopted.flatMap((call) => [...ofBorrowed(call, open), ...ofTransfer(call, open)]);
}

function ofBorrowed(call: Call, open: (id: string) => Call | undefined): readonly Told[] {
  const { borrowed, id, answeredAt, startedAt } = call;
  if (borrowed === undefined) return [];
  const { from, by } = borrowed;
  if (open(from) === undefined) return [{ call: id, event: { type: 'transferor.left' } }];
  const linked: Told = { call: from, event: { type: 'transfer.linked', call: id, by, at: startedAt } };
  if (answeredAt === undefined) return [linked];
  return [linked, { call: from, event: { type: 'transfer.answered', call: id, at: answeredAt } }];
}

function ofTransfer(call: Call, open: (id: string) => Call | undefined): readonly Told[] {
  const { transfer, id, seenAt: at } = call;
  if (transfer === undefined) return [];
  if (transfer.kind === 'attended') {
    if (open(transfer.with) === undefined)
      return [{ call: id, event: { type: 'partner.ended', call: transfer.with, at } }];
    const { by, withBy, bridge } = transfer;
    const event = {
      type: 'transfer.joined',
      by: withBy,
      with: id,
      withBy: by,
      bridge,
      at: transfer.at,
      asked: false,
    } as const;
    return [{ call: transfer.with, event }];
  }
  if (open(transfer.to) !== undefined) return [];
  return [
    {
      call: id,
      event: transfer.done
        ? { type: 'partner.ended', call: transfer.to, at }
        : { type: 'transfer.failed', call: transfer.to, at, progress: 'unavailable' },
    },
  ];
}

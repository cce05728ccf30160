import { matchFeature, type Plan } from '../../numbering/index.js';
import type { Origin } from '../domain/call.js';
import { featureOf } from '../domain/features.js';
import type { Arrival } from '../domain/open-call.js';
import type { CardSlips } from './card-slips.js';

type Arriving = Omit<Arrival, 'node'>;

/** Whose call it is: the holder's whose card is in at the telephone, else its owner's. Where it stands stays the telephone's own. */
export function callerAt(origin: Origin, holderAt: (deviceId: string) => string | undefined): Origin {
  if (origin.kind !== 'member') return origin;
  const holder = holderAt(origin.deviceId);
  return holder === undefined ? origin : { ...origin, memberId: holder };
}

/** Of a card's code only the code itself stays in what was dialled; number and PIN code are kept aside. */
export function withoutPin(arrival: Arriving, plan: Plan, slips: Pick<CardSlips, 'keep'>): Arriving {
  const { origin, dialled, caller } = arrival;
  if (origin.kind !== 'member' || !/^[*#]/.test(dialled)) return arrival;
  const { country, memberId } = origin;
  const reading = matchFeature(plan.features, dialled, {
    country,
    deviceCountry: country,
    companyId: memberId,
  });
  if (reading === undefined || featureOf(reading)?.does !== 'card' || reading.argument === '') return arrival;
  slips.keep(caller.channel, reading.argument);
  return { ...arrival, dialled: reading.code };
}

import type { FeatureReading } from '../../numbering/index.js';
import { q850 } from './causes.js';
import { featureOf, serviceOf } from './features.js';
import { queueStop } from './route-queue.js';
import { languageOf } from './route-verdicts.js';
import { type Leads, refuse, type Walk } from './walk.js';

/** A service of the exchange for the member who dials its code himself. */
export function featureLeads({ facts, via }: Walk, reading: FeatureReading): Leads {
  const { origin } = facts;
  if (origin.kind !== 'member' || via.length > 0) return refuse('not-allowed', q850.unallocated);
  if (featureOf(reading)?.does === 'queue')
    return { start: queueStop(facts, { extension: reading.argument, member: origin.memberId }) };
  const dialler = {
    member: origin.memberId,
    device: origin.username,
    deviceId: origin.deviceId,
    language: languageOf(facts),
  };
  const service = serviceOf(reading, dialler);
  return service === undefined
    ? refuse('invalid-number', q850.invalidNumber)
    : { start: { kind: 'serve', service } };
}

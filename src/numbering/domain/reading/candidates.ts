import { codeForService } from '../emergency/emergency-codes.js';
import { readInput, type SosUrn } from '../input/input.js';
import type { Plan } from '../plan/plan.js';
import { addressCandidates } from './address-candidates.js';
import type { CallerContext } from './caller.js';
import type { Candidate, Candidates } from './candidate.js';
import { dialCandidates } from './dial-candidates.js';
import type { RefusedReason } from './reading.js';
import { refused } from './refusals.js';
import { verdict } from './verdict.js';

/**
 * Everything that `raw` could mean for this caller, in reading order (number-plan.md), before anything is looked up.
 * Pure and total: any string, in time linear in its length.
 */
export function candidates(raw: string, caller: CallerContext, plan: Plan): Candidates {
  const input = readInput(raw);
  const kept = raw.slice(0, KEPT);
  switch (input.kind) {
    case 'unreadable':
      return refusal(kept, caller, input.reason);
    case 'sos':
      return { raw: kept, caller, list: [sos(input, caller)], misses: [SOS] };
    case 'address':
      return addressCandidates(kept, input, caller, plan);
    case 'dial':
      return dialCandidates(kept, input, caller, plan);
  }
}

/** How much of what was dialled goes into traces: a megabyte is refused, not kept. */
const KEPT = 400;

const SOS = verdict('input', 'understood', 'input.sos', 'an emergency service by name (RFC 5031)');

function sos({ service }: SosUrn, { deviceCountry }: CallerContext): Candidate {
  const code = codeForService(service, deviceCountry);
  const reading = {
    kind: 'emergency',
    number: code.number,
    country: deviceCountry,
    service: code.service,
  } as const;
  return { step: 'emergency', kind: 'emergency', reading };
}

function refusal(raw: string, caller: CallerContext, reason: RefusedReason): Candidates {
  const reading = refused(reason);
  return {
    raw,
    caller,
    list: [],
    misses: [verdict('input', 'refused', `input.${reason}`, reading.text)],
    refusal: reading,
  };
}

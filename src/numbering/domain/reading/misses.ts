import type { Candidate } from './candidate.js';
import { type Step, type StepVerdict, verdict } from './verdict.js';

const STEPS: readonly Step[] = ['emergency', 'feature', 'explicit', 'bare', 'pstn', 'carrier'];

const MISS: Readonly<Record<Step, StepVerdict>> = {
  input: verdict('input', 'no-match', 'input.unreadable', 'cannot be read'),
  emergency: verdict(
    'emergency',
    'no-match',
    'emergency.none',
    "no emergency or short code of the device's country",
  ),
  feature: verdict('feature', 'no-match', 'feature.none', 'no configured feature code'),
  explicit: verdict('explicit', 'no-match', 'explicit.none', 'not spelled with #, * or a final -CCC'),
  bare: verdict('bare', 'no-match', 'bare.none', 'does not end in a country code after 3 digits or more'),
  pstn: verdict('pstn', 'no-match', 'pstn.invalid', 'no valid telephone number for this caller'),
  carrier: verdict('carrier', 'no-match', 'carrier.none', "in no other carrier's number system"),
  address: verdict('address', 'no-match', 'address.none', 'no domain name, e-mail or SIP address'),
};

const NOT_TRIED: Readonly<Record<Step, StepVerdict>> = {
  input: verdict('input', 'not-tried', 'input.not-tried', 'not needed'),
  emergency: verdict('emergency', 'not-tried', 'emergency.not-tried', 'not needed'),
  feature: verdict('feature', 'not-tried', 'feature.not-tried', 'nothing comes before an emergency code'),
  explicit: verdict('explicit', 'not-tried', 'explicit.not-tried', 'an earlier step is certain'),
  bare: verdict('bare', 'not-tried', 'bare.not-tried', 'an earlier step is certain'),
  pstn: verdict('pstn', 'not-tried', 'pstn.not-tried', 'an earlier step is certain'),
  carrier: verdict('carrier', 'not-tried', 'carrier.not-tried', 'an earlier step is certain'),
  address: verdict('address', 'not-tried', 'address.not-tried', 'an earlier step is certain'),
};

/** A verdict for each step of a dial string that has no candidate. */
export function missesOf(list: readonly Candidate[]): readonly StepVerdict[] {
  const first = list[0]?.step;
  const certain = first === 'emergency' || first === 'feature' ? STEPS.indexOf(first) : undefined;
  return STEPS.flatMap((step, i) => {
    if (certain !== undefined && i > certain) return [NOT_TRIED[step]];
    return list.some((candidate) => candidate.step === step) ? [] : [MISS[step]];
  });
}

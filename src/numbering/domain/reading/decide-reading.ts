import { type Answer, answer } from './answer.js';
import type { Candidate, Candidates } from './candidate.js';
import type { Found } from './directory.js';
import type { Reading } from './reading.js';
import { unallocated } from './refusals.js';
import { type Outcome, type Step, type StepVerdict, verdict } from './verdict.js';

export interface Decision {
  readonly reading: Reading;
  /** In reading order: each step's answer, the losers among them. */
  readonly verdicts: readonly StepVerdict[];
}

const RANK: Readonly<Record<Step, number>> = {
  input: 0,
  emergency: 1,
  feature: 2,
  explicit: 3,
  bare: 4,
  pstn: 5,
  carrier: 6,
  address: 7,
};

/** The first candidate that holds wins; every other that would hold is told as a loser. Pure. */
export function decideReading({ caller, list, misses, refusal }: Candidates, found: Found): Decision {
  let reading: Reading | undefined;
  const verdicts = [...misses];
  for (const candidate of list) {
    const given = answer(candidate, caller, found);
    const wins = reading === undefined && given.reading !== undefined;
    if (wins) reading = given.reading;
    verdicts.push(tell(candidate, given, wins));
  }
  verdicts.sort((a, b) => RANK[a.step] - RANK[b.step]);
  return { reading: reading ?? refusal ?? unallocated('nobody-has-it'), verdicts };
}

function tell({ step }: Candidate, { reading, code, text }: Answer, wins: boolean): StepVerdict {
  return verdict(step, outcomeOf(reading, wins), code, text);
}

function outcomeOf(reading: Reading | undefined, wins: boolean): Outcome {
  if (reading === undefined) return 'not-assigned';
  if (!wins) return 'also-valid';
  return reading.kind === 'refused' || reading.kind === 'unallocated' ? 'refused' : 'read';
}

/** The steps of `candidates`, in the order in which they are read. */
export type Step = 'input' | 'emergency' | 'feature' | 'explicit' | 'bare' | 'pstn' | 'carrier' | 'address';

/** `understood`: what the input is, to begin with. `read`: this step decided. `also-valid`: it could have, but an earlier one did. */
export type Outcome =
  | 'understood'
  | 'read'
  | 'also-valid'
  | 'no-match'
  | 'not-assigned'
  | 'not-tried'
  | 'refused';

/** One step's answer, for the trace: `code` for programs, `text` for people. */
export interface StepVerdict {
  readonly step: Step;
  readonly outcome: Outcome;
  readonly code: string;
  readonly text: string;
}

export function verdict(step: Step, outcome: Outcome, code: string, text: string): StepVerdict {
  return { step, outcome, code, text };
}

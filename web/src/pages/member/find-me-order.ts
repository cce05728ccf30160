/** A step of the order in which a member is looked for, as the REST route has it. */
export interface FindMeStep {
  readonly kind: 'devices' | 'device' | 'contact' | 'carrier' | 'voicemail';
  readonly target: string | null;
  readonly ringSeconds: number;
  readonly withPrevious: boolean;
}

/** Moved by drag or key; what the server would refuse is put right: voicemail stays last, nothing rings with what isn't there. */
export function moved(steps: readonly FindMeStep[], from: number, to: number): readonly FindMeStep[] {
  const step = steps[from];
  if (step === undefined || to < 0 || to >= steps.length) return steps;
  const without = steps.filter((_, index) => index !== from);
  return tidy([...without.slice(0, to), step, ...without.slice(to)]);
}

export function tidy(steps: readonly FindMeStep[]): readonly FindMeStep[] {
  const voicemail = steps.find(({ kind }) => kind === 'voicemail');
  const others = steps.filter(({ kind }) => kind !== 'voicemail');
  return [...others, ...(voicemail === undefined ? [] : [voicemail])].map((step, index) =>
    (index === 0 || step.kind === 'voicemail') && step.withPrevious ? { ...step, withPrevious: false } : step,
  );
}

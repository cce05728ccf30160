import { z } from 'zod';

const step = z.strictObject({
  kind: z.enum(['devices', 'device', 'contact', 'carrier', 'voicemail']),
  /** Id of the device, contact number or carrier number; null for all devices and for voicemail. */
  target: z.uuid().nullable().default(null),
  ringSeconds: z.number().int().min(5).max(120).default(20),
  /** Rings together with the step before. */
  withPrevious: z.boolean().default(false),
});
type Step = z.output<typeof step>;

const MOST_STEPS = 20;

/** A find-me order that makes sense by itself; whose the targets are is asked later. */
export const findMeSteps = z
  .array(step)
  .max(MOST_STEPS)
  .superRefine((steps, context) => {
    for (const [index, one] of steps.entries()) {
      const wrong = wrongAt(index, one, steps.length);
      if (wrong !== undefined)
        context.addIssue({ code: 'custom', path: [index, wrong[0]], message: wrong[1] });
    }
  });

function wrongAt(
  index: number,
  { kind, target, withPrevious }: Step,
  steps: number,
): [string, string] | undefined {
  const needsTarget = kind === 'device' || kind === 'contact' || kind === 'carrier';
  if (needsTarget !== (target !== null))
    return ['target', needsTarget ? `must be the id of the ${kind}` : `must be null for ${kind}`];
  if (kind === 'voicemail' && index !== steps - 1)
    return ['kind', 'voicemail takes the call: it must be the last step'];
  if (withPrevious && (index === 0 || kind === 'voicemail'))
    return ['withPrevious', 'has nothing before it to ring together with'];
  return undefined;
}

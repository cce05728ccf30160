import type { StepProps } from './order.js';
import { ApplyStep } from './step-apply.js';
import { DoneStep } from './step-done.js';
import { HoldStep } from './step-hold.js';
import { PayStep } from './step-pay.js';
import { ProveStep } from './step-prove.js';
import { RegisterStep } from './step-register.js';
import { SelectStep } from './step-select.js';
import { WaitStep } from './step-wait.js';

const STEPS = {
  hold: HoldStep,
  apply: ApplyStep,
  prove: ProveStep,
  wait: WaitStep,
  select: SelectStep,
  pay: PayStep,
  'register-phone': RegisterStep,
  receive: WaitStep,
  none: DoneStep,
} as const;

/** What the buyer does now, and nothing else. */
export function NextStep(props: StepProps) {
  const Step = STEPS[props.order.next.action];
  return <Step {...props} />;
}

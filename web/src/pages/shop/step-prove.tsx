import { useTranslation } from 'react-i18next';
import { ProofSteps } from '../../shared/proof/proof-steps.js';
import { Section } from '../../shared/section.js';
import { ProblemAlert } from '../../shared/states.js';
import type { StepProps } from './order.js';
import { useStep } from './use-step.js';

/** A call to the telephone speaks six digits, which are typed in here. */
export function ProveStep(props: StepProps) {
  const { t } = useTranslation('shop');
  const verifying = useStep<Record<string, never>>(props, 'verification');
  const { contact } = props.order;
  return (
    <Section title={t('step.prove')} text={t('prove.text', { telephone: contact ?? '' })}>
      <ProblemAlert error={verifying.error} />
      {contact !== null && (
        <ProofSteps
          wish={{ kind: 'telephone', subject: contact }}
          begin={t('prove.submit')}
          onProved={() => verifying.start({})}
        />
      )}
    </Section>
  );
}

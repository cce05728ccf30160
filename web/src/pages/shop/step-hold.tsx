import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../../shared/section.js';
import { ProblemAlert } from '../../shared/states.js';
import type { StepProps } from './order.js';
import { useStep } from './use-step.js';

export function HoldStep(props: StepProps) {
  const { t } = useTranslation('shop');
  const holding = useStep<Record<string, never>>(props, 'hold');
  return (
    <Section title={t('step.hold')} text={t('hold.text')}>
      <ProblemAlert error={holding.error} />
      <div>
        <Button size="md" onClick={() => holding.start({})} loading={holding.isPending}>
          {t('hold.submit')}
        </Button>
      </div>
    </Section>
  );
}

import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format.js';
import { Section } from '../../shared/section.js';
import { ProblemAlert } from '../../shared/states.js';
import type { StepProps } from './order.js';
import { useStep } from './use-step.js';

/** The buyer's last word: from here on it is to be paid. */
export function SelectStep(props: StepProps) {
  const { t } = useTranslation('shop');
  const { money } = useFormat();
  const { price, shown, reason } = props.order;
  const selecting = useStep<Record<string, never>>(props, 'selection');
  return (
    <Section title={t('step.select')} text={t('select.text', { number: shown })}>
      {reason !== null && <Text size="sm">{reason}</Text>}
      <ProblemAlert error={selecting.error} />
      <div>
        <Button size="md" onClick={() => selecting.start({})} loading={selecting.isPending}>
          {t('select.submit', { total: money(price.total, price.currency) })}
        </Button>
      </div>
    </Section>
  );
}

import { Group, Loader, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../../shared/section.js';
import type { StepProps } from './order.js';

/** Somebody else's turn: the page goes on by itself when it is done. */
export function WaitStep({ order }: StepProps) {
  const { t } = useTranslation('shop');
  const { state, shipment } = order;
  return (
    <Section title={t([`wait.${state}`, 'wait.title'])} text={t('wait.text')}>
      {shipment ? (
        <Text>{t('wait.shipped', { carrier: shipment.carrier, tracking: shipment.tracking })}</Text>
      ) : (
        <Group gap="xs">
          <Loader size="sm" type="dots" />
          <Text size="sm" c="dimmed">
            {t('wait.live')}
          </Text>
        </Group>
      )}
    </Section>
  );
}

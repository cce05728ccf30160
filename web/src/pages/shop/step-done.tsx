import { Alert, Button, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { StepProps } from './order.js';

const GOOD = new Set(['done', 'delivered', 'active']);
const OVER = new Set(['rejected', 'cancelled', 'expired', 'refunded', 'closed', ...GOOD]);

export function DoneStep({ order, refresh }: StepProps) {
  const { t } = useTranslation('shop');
  const { reason, kind } = order;
  // Its time is over, and whoever sweeps such orders has not come yet.
  const state = OVER.has(order.state) ? order.state : 'expired';
  return (
    <Alert
      color={GOOD.has(state) ? 'teal' : 'orange'}
      variant="light"
      title={t([`ended.${state}`, `state.${state}`])}
    >
      <Stack gap="xs" align="flex-start">
        {reason !== null && <Text size="sm">{t('ended.reason', { reason })}</Text>}
        {GOOD.has(state) ? null : (
          <>
            <Text size="sm">{t('ended.text')}</Text>
            <Button
              component={Link}
              to={kind === 'goods' ? '/shop/terminals' : '/'}
              variant="default"
              size="compact-md"
              onClick={refresh}
            >
              {t('ended.again')}
            </Button>
          </>
        )}
      </Stack>
    </Alert>
  );
}

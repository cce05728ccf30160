import { Badge, Button, Group, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../shared/format.js';
import type { Offered } from './contract.js';

export function OfferList({
  product,
  offers,
}: {
  readonly product: string;
  readonly offers: readonly Offered[];
}) {
  const { t } = useTranslation('shop');
  const { money } = useFormat();
  return (
    <SimpleGrid component="ul" cols={{ base: 1, xs: 2, md: 3 }} p={0} m={0} style={{ listStyle: 'none' }}>
      {offers.map(({ number, shown, tier, currency, setup, monthly }) => (
        <Paper key={number} component="li" withBorder p="sm">
          <Group justify="space-between" wrap="nowrap" align="flex-start">
            <Stack gap={2} miw={0}>
              <Text className="digits" fw={600}>
                {shown}
              </Text>
              <Text size="sm" c="dimmed">
                {setup !== null &&
                  monthly !== null &&
                  t('offer.price', { setup: money(setup, currency), monthly: money(monthly, currency) })}
              </Text>
              {tier !== 'plain' && <Badge variant="light">{t(`tier.${tier}`)}</Badge>}
            </Stack>
            <Button
              component={Link}
              to={`/shop/buy?${new URLSearchParams({ product, number })}`}
              variant="light"
              size="compact-sm"
              aria-label={t('verdict.buyThis', { number: shown })}
            >
              {t('verdict.buy')}
            </Button>
          </Group>
        </Paper>
      ))}
    </SimpleGrid>
  );
}

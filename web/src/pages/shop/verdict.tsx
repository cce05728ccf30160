import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../shared/format.js';
import { useSaleWarnings } from '../../shared/sale-warnings.js';
import { Loaded } from '../../shared/states.js';
import { type Availability, useAvailability } from './contract.js';
import { OfferList } from './offer-list.js';

/** Whether a number can be bought: yes and for how much, or why not and what is near to it. */
export function Verdict({ product, number }: { readonly product: string; readonly number: string }) {
  const verdict = useAvailability(product, number);
  return (
    <div aria-live="polite">
      <Loaded query={verdict}>{(found) => <Found found={found} product={product} />}</Loaded>
    </div>
  );
}

function Found({ found, product }: { readonly found: Availability; readonly product: string }) {
  const { t } = useTranslation('shop');
  const { money } = useFormat();
  const wordsOf = useSaleWarnings();
  const { available, shown, price, reasons, warnings, alternatives, number } = found;
  return (
    <Stack>
      <Alert
        color={available ? 'teal' : 'orange'}
        variant="light"
        title={t(available ? 'verdict.free' : 'verdict.taken', { number: shown })}
      >
        <Stack gap="xs" align="flex-start">
          {reasons.map(({ code, text }) => (
            <Text key={code} size="sm">
              {text}
            </Text>
          ))}
          {available && price !== null && (
            <Text size="sm">
              {t('verdict.price', {
                setup: money(price.setup, price.currency),
                yearly: money(price.yearly, price.currency),
                monthly: money(price.monthly, price.currency),
              })}
            </Text>
          )}
          {available && warnings.length > 0 && (
            <List size="sm">
              {wordsOf(warnings).map((text) => (
                <List.Item key={text}>{text}</List.Item>
              ))}
            </List>
          )}
          {available && (
            <Group>
              <Button
                component={Link}
                to={`/shop/buy?${new URLSearchParams({ product, number })}`}
                aria-label={t('verdict.buyThis', { number: shown })}
              >
                {t('verdict.buy')}
              </Button>
            </Group>
          )}
        </Stack>
      </Alert>
      {!available && alternatives.length > 0 && (
        <>
          <Text fw={600}>{t('verdict.alternatives')}</Text>
          <OfferList product={product} offers={alternatives} />
        </>
      )}
    </Stack>
  );
}

import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { ask } from '../../api/http.js';
import { useAction } from '../../shared/action.js';
import { useFormat } from '../../shared/format.js';
import { PageHead } from '../../shared/page-head.js';
import { Loaded, ProblemAlert } from '../../shared/states.js';

interface TestPayment {
  readonly state: 'open' | 'paid' | 'declined' | 'expired';
  readonly amount: string;
  readonly currency: string;
  readonly returnUrl: string;
}

/** The page of the payment provider without money, where a real one has its own: pays, declines, and leads back. */
export default function TestPaymentPage() {
  const { t } = useTranslation('shop');
  const { reference = '' } = useParams();
  const path = `/v1/test-payments/${reference}` as const;
  const payment = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => ask(`GET ${path}`, { signal }),
  });
  return (
    <Stack maw={480}>
      <PageHead title={t('testPay.title')} text={t('testPay.text')} />
      <Loaded query={payment}>{(found) => <Decide payment={found} path={path} />}</Loaded>
    </Stack>
  );
}

function Decide({
  payment,
  path,
}: {
  readonly payment: TestPayment;
  readonly path: `/v1/test-payments/${string}`;
}) {
  const { t } = useTranslation('shop');
  const { money } = useFormat();
  const client = useQueryClient();
  const deciding = useAction(
    (outcome: 'paid' | 'declined', key) => ask(`POST ${path}/outcome`, { body: { outcome }, key }),
    { onSuccess: (after) => client.setQueryData([path], after) },
  );
  const { state, amount, currency, returnUrl } = payment;
  if (state !== 'open') {
    return (
      <Alert color={state === 'paid' ? 'teal' : 'orange'} variant="light" title={t(`testPay.${state}`)}>
        {isOurs(returnUrl) && (
          <Button component="a" href={returnUrl} variant="default">
            {t('testPay.back')}
          </Button>
        )}
      </Alert>
    );
  }
  return (
    <>
      <Text fz="xl" fw={700}>
        {money(amount, currency)}
      </Text>
      <ProblemAlert error={deciding.error} />
      <Group>
        <Button onClick={() => deciding.start('paid')} loading={deciding.isPending}>
          {t('testPay.pay')}
        </Button>
        <Button variant="default" onClick={() => deciding.start('declined')} disabled={deciding.isPending}>
          {t('testPay.decline')}
        </Button>
      </Group>
    </>
  );
}

const isOurs = (url: string): boolean => URL.canParse(url) && new URL(url).origin === location.origin;

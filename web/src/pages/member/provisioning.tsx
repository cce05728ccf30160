import { Button, Group, Image, Select, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useAction } from '../../shared/action.js';
import { Copyable } from '../../shared/copyable.js';
import { useFormat } from '../../shared/format.js';
import { ProblemAlert } from '../../shared/states.js';

/** How a telephone sets itself up: an app by a QR code, a desk phone or adapter by an address typed into it. */
export function Provisioning({ path }: { readonly path: `/v1/members/${string}/devices/${string}` }) {
  return (
    <Stack gap="md">
      <Softphone path={path} />
      <DeskPhone path={path} />
    </Stack>
  );
}

function Softphone({ path }: { readonly path: `/v1/members/${string}/devices/${string}` }) {
  const { t } = useTranslation('member');
  const { moment } = useFormat();
  const asking = useAction((_: string, key) =>
    ask(`POST ${path}/softphone`, { body: { app: 'linphone' }, key }),
  );
  return (
    <Stack gap="xs">
      <Text fw={600}>{t('softphone.title')}</Text>
      <Text size="sm">{t('softphone.text')}</Text>
      <ProblemAlert error={asking.error} />
      {asking.data === undefined ? (
        <div>
          <Button
            size="compact-sm"
            variant="light"
            onClick={() => asking.start('')}
            loading={asking.isPending}
          >
            {t('softphone.show')}
          </Button>
        </div>
      ) : (
        <>
          <Image
            src={`data:image/svg+xml;utf8,${encodeURIComponent(asking.data.svg)}`}
            alt={t('softphone.code')}
            w={220}
            h={220}
            bg="white"
          />
          {asking.data.expiresAt !== null && (
            <Text size="sm" c="dimmed">
              {t('softphone.until', { until: moment(asking.data.expiresAt) })}
            </Text>
          )}
        </>
      )}
    </Stack>
  );
}

function DeskPhone({ path }: { readonly path: `/v1/members/${string}/devices/${string}` }) {
  const { t } = useTranslation('member');
  const { moment } = useFormat();
  const [vendor, setVendor] = useState<string | null>(null);
  const [mac, setMac] = useState('');
  const vendors = useQuery({
    queryKey: ['/v1/provisioning/vendors'],
    queryFn: ({ signal }) => ask('GET /v1/provisioning/vendors', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const asking = useAction((body: { readonly vendor: string | null; readonly mac: string }, key) =>
    ask(`POST ${path}/provisioning`, { body, key }),
  );
  return (
    <Stack gap="xs">
      <Text fw={600}>{t('deskPhone.title')}</Text>
      <Text size="sm">{t('deskPhone.text')}</Text>
      <ProblemAlert error={vendors.error ?? asking.error} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          asking.start({ vendor, mac: mac.trim() });
        }}
      >
        <Group align="flex-end">
          <Select
            label={t('deskPhone.vendor')}
            data={(vendors.data?.items ?? []).map(({ vendor: value, name }) => ({ value, label: name }))}
            value={vendor}
            onChange={setVendor}
          />
          <TextInput
            label={t('deskPhone.mac')}
            placeholder="80:5e:c0:12:34:56"
            value={mac}
            onChange={(event) => setMac(event.currentTarget.value)}
          />
          <Button
            type="submit"
            variant="light"
            disabled={vendor === null || mac.trim() === ''}
            loading={asking.isPending}
          >
            {t('deskPhone.submit')}
          </Button>
        </Group>
      </form>
      {asking.data !== undefined && (
        <>
          <Copyable label={t('deskPhone.url')} value={asking.data.url} />
          <Text size="sm" c="dimmed">
            {t('softphone.until', { until: moment(asking.data.expiresAt) })}
          </Text>
        </>
      )}
    </Stack>
  );
}

import { Button, Group, Select, Stack, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useAction } from '../../shared/action.js';
import { usePages } from '../../shared/pages.js';
import { ProblemAlert } from '../../shared/states.js';
import type { Campaign } from './campaign-list.js';

/** Whom a campaign calls, and how far it has come. */
export function CampaignContacts({ campaign }: { readonly campaign: Campaign }) {
  const { t } = useTranslation('centre');
  const [segment, choose] = useState<string | null>(null);
  const [numbers, setNumbers] = useState('');
  const segments = usePages('/v1/segments', { limit: 200 });
  const query = useQuery({
    queryKey: ['campaign', campaign.id],
    queryFn: ({ signal }) => ask('GET /v1/campaigns/{id}', { path: { id: campaign.id }, signal }),
  });
  const adding = useAction(
    (body: object, key) => ask('POST /v1/campaigns/{id}/contacts', { path: { id: campaign.id }, key, body }),
    {
      onSuccess: () => {
        setNumbers('');
        choose(null);
        void query.refetch();
      },
    },
  );
  const given = numbers.split(/[\s,;]+/).filter((one) => one !== '');
  const states = query.data?.progress ?? [];
  return (
    <Stack gap="xs">
      <Text size="sm" data-progress>
        {states.length === 0
          ? t('contacts.none')
          : states
              .map(({ state, outcome, contacts }) => `${t(`contacts.${outcome ?? state}`)}: ${contacts}`)
              .join(' · ')}
      </Text>
      {campaign.status !== 'ended' && (
        <Group align="flex-end">
          <Select
            size="xs"
            label={t('contacts.segment')}
            data={(segments.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            value={segment}
            onChange={choose}
          />
          <Button
            size="xs"
            variant="default"
            disabled={segment === null}
            onClick={() => adding.start({ segmentId: segment })}
          >
            {t('contacts.addSegment')}
          </Button>
          <Textarea
            size="xs"
            label={t('contacts.numbers')}
            placeholder="+82212345678"
            autosize
            maxLength={40_000}
            value={numbers}
            onChange={(event) => setNumbers(event.currentTarget.value)}
          />
          <Button
            size="xs"
            variant="default"
            disabled={given.length === 0}
            onClick={() => adding.start({ numbers: given.map((number) => ({ number })) })}
          >
            {t('contacts.addNumbers')}
          </Button>
        </Group>
      )}
      {adding.data !== undefined && (
        <Text size="sm" role="status">
          {t('contacts.added', { count: adding.data.added })}
        </Text>
      )}
      <ProblemAlert error={adding.error} />
    </Stack>
  );
}

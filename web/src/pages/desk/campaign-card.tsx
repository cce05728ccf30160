import { Button, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useWording } from '../../customers/texts.js';
import type { Customer } from '../../customers/types.js';
import { useAction } from '../../shared/action.js';
import { tellDone } from '../../shared/notify.js';
import { ProblemAlert } from '../../shared/states.js';

interface Contact {
  readonly id: string;
  readonly number: string;
  readonly language: string;
  readonly attempts: number;
  readonly campaign?: { readonly name: string; readonly script: string };
  readonly customer: Customer | null;
}

/** The next customer to call: read first, then dial, then say what came of it. */
export function CampaignCard() {
  const { t } = useTranslation('desk');
  const client = useQueryClient();
  // Only whom one has asked for: looking at the page takes nobody.
  const mine = useQuery({
    queryKey: ['contact'],
    queryFn: () => null as Contact | null,
    enabled: false,
    initialData: null,
  });
  const show = (contact: Contact | null) => client.setQueryData(['contact'], contact);
  const next = useAction((_: undefined, key) => ask('POST /v1/campaign-contacts/next', { key }), {
    onSuccess: ({ contact }) => {
      show(contact);
      if (contact === null) tellDone(t('campaign.nobody'));
    },
  });
  return (
    <Paper withBorder p="md" component="section" aria-label={t('campaign.title')}>
      <Title order={2} size="h5" mb="xs">
        {t('campaign.title')}
      </Title>
      {mine.data === null ? (
        <Stack gap="xs" align="flex-start">
          <Button variant="light" loading={next.isPending} onClick={() => next.start(undefined)}>
            {t('campaign.next')}
          </Button>
          <ProblemAlert error={next.error} />
        </Stack>
      ) : (
        <ContactWork key={mine.data.id} contact={mine.data} onDone={() => show(null)} />
      )}
    </Paper>
  );
}

function ContactWork({ contact, onDone }: { readonly contact: Contact; readonly onDone: () => void }) {
  const { t } = useTranslation('desk');
  const say = useWording();
  const [at, setAt] = useState('');
  const dial = useAction(
    (_: undefined, key) => ask('POST /v1/campaign-contacts/{id}/calls', { path: { id: contact.id }, key }),
    {
      onSuccess: () => tellDone(t('campaign.rings')),
    },
  );
  const outcome = useAction(
    (body: { outcome: string; at?: string }, key) =>
      ask('POST /v1/campaign-contacts/{id}/outcomes', { path: { id: contact.id }, body, key }),
    { onSuccess: onDone },
  );
  const letGo = useAction(
    () => ask('DELETE /v1/campaign-contacts/{id}/claim', { path: { id: contact.id } }),
    {
      onSuccess: onDone,
    },
  );
  const { customer, campaign } = contact;
  return (
    <Stack gap="xs">
      <Text fw={600}>{customer?.name ?? contact.number}</Text>
      <Text size="sm">
        {contact.number} · {say.country(customer?.country)} · {say.language(contact.language)} ·{' '}
        {t('campaign.attempts', { count: contact.attempts })}
      </Text>
      <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
        {campaign?.script}
      </Text>
      <Button loading={dial.isPending} onClick={() => dial.start(undefined)}>
        {t('campaign.dial')}
      </Button>
      <Group gap="xs">
        {(['reached', 'refused', 'not-reached', 'wrong-number', 'do-not-call'] as const).map((one) => (
          <Button
            key={one}
            size="compact-sm"
            variant="default"
            onClick={() => outcome.start({ outcome: one })}
          >
            {t(`campaign.${one}`)}
          </Button>
        ))}
      </Group>
      <Group gap="xs" align="flex-end">
        <TextInput
          type="datetime-local"
          size="xs"
          label={t('campaign.backAt')}
          value={at}
          onChange={(event) => setAt(event.currentTarget.value)}
        />
        <Button
          size="xs"
          variant="default"
          disabled={at === ''}
          onClick={() => outcome.start({ outcome: 'call-back', at: new Date(at).toISOString() })}
        >
          {t('campaign.call-back')}
        </Button>
      </Group>
      <Button size="compact-sm" variant="subtle" onClick={() => letGo.start()}>
        {t('campaign.letGo')}
      </Button>
      <ProblemAlert error={dial.error ?? outcome.error ?? letGo.error} />
    </Stack>
  );
}

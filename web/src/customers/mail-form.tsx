import { Button, Group, Paper, Select, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/http.js';
import { useAction } from '../shared/action.js';
import { tellDone } from '../shared/notify.js';
import { ProblemAlert } from '../shared/states.js';
import { useWording } from './texts.js';
import type { Customer } from './types.js';

/** A mail in the customer's language: shown as it will read, then sent. */
export function MailForm({ customer }: { readonly customer: Customer }) {
  const { t } = useTranslation('desk');
  const say = useWording();
  const client = useQueryClient();
  const [wish, setWish] = useState({ template: 'follow-up', text: '' });
  const templates = useQuery({
    queryKey: ['mail-templates'],
    queryFn: ({ signal }) => ask('GET /v1/mail-templates', { signal }),
    staleTime: 300_000,
  });
  const body = { template: wish.template, ...(wish.text.trim() === '' ? {} : { text: wish.text.trim() }) };
  const preview = useAction((wanted: object, key) =>
    ask('POST /v1/customers/{id}/mail-previews', { path: { id: customer.id }, body: wanted, key }),
  );
  const send = useAction(
    (wanted: object, key) =>
      ask('POST /v1/customers/{id}/mails', { path: { id: customer.id }, body: wanted, key }),
    {
      onSuccess: () => {
        setWish({ ...wish, text: '' });
        preview.reset();
        tellDone(t('mail.sent'));
      },
    },
  );
  const codes = [...new Set((templates.data?.items ?? []).map(({ code }) => code))];
  return (
    <Paper withBorder p="md" component="section" aria-label={t('mail.title')}>
      <Title order={3} size="h5" mb="xs">
        {t('mail.title')}
      </Title>
      <Stack gap="sm">
        <AddressForm
          key={customer.email}
          customer={customer}
          onSaved={() => void client.invalidateQueries({ queryKey: ['customer'] })}
        />
        <Select
          label={t('mail.template')}
          data={codes}
          value={wish.template}
          allowDeselect={false}
          onChange={(template) => template !== null && setWish({ ...wish, template })}
        />
        <Textarea
          label={t('mail.text')}
          autosize
          minRows={2}
          maxLength={5_000}
          value={wish.text}
          onChange={(event) => setWish({ ...wish, text: event.currentTarget.value })}
        />
        <ProblemAlert error={send.error ?? preview.error} />
        {preview.data !== undefined && (
          <Paper withBorder p="sm" bg="var(--mantine-color-default-hover)">
            <Text size="sm">
              {preview.data.address}, {say.language(preview.data.language)}
            </Text>
            <Text fw={600}>{preview.data.subject}</Text>
            <Text style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{preview.data.body}</Text>
          </Paper>
        )}
        <Group justify="flex-end">
          <Button variant="default" loading={preview.isPending} onClick={() => preview.start(body)}>
            {t('mail.preview')}
          </Button>
          <Button
            loading={send.isPending}
            disabled={preview.data === undefined}
            onClick={() => send.start(body)}
          >
            {t('mail.send')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}

function AddressForm({ customer, onSaved }: { readonly customer: Customer; readonly onSaved: () => void }) {
  const { t } = useTranslation('desk');
  const [card, setCard] = useState({ name: customer.name ?? '', email: customer.email ?? '' });
  const save = useAction(
    (wanted: typeof card) =>
      ask('PATCH /v1/customers/{id}', {
        path: { id: customer.id },
        body: {
          name: wanted.name.trim() === '' ? null : wanted.name.trim(),
          email: wanted.email === '' ? null : wanted.email,
        },
      }),
    { onSuccess: onSaved },
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.start(card);
      }}
    >
      <Group align="flex-end">
        <TextInput
          label={t('customer.name')}
          value={card.name}
          maxLength={200}
          onChange={(event) => setCard({ ...card, name: event.currentTarget.value })}
        />
        <TextInput
          type="email"
          label={t('customer.mail')}
          value={card.email}
          onChange={(event) => setCard({ ...card, email: event.currentTarget.value })}
        />
        <Button type="submit" variant="default" loading={save.isPending}>
          {t('customer.save')}
        </Button>
      </Group>
      <ProblemAlert error={save.error} />
    </form>
  );
}

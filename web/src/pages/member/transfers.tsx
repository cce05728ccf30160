import { Button, Group, Paper, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { refreshSession } from '../../api/session.js';
import { useAction } from '../../shared/action.js';
import { usePages } from '../../shared/pages.js';
import { Section } from '../../shared/section.js';
import { ProblemAlert } from '../../shared/states.js';
import { e164Of } from '../../shared/telephone.js';

interface Transfer {
  readonly id: string;
  readonly shown: string;
  readonly state: string;
  /** Offered by me, or to me. */
  readonly mine: string;
}

const PATH = '/v1/number-transfers';

/** Offers of numbers that wait for an answer; nothing at all when there are none. */
export function Transfers() {
  const { t } = useTranslation('member');
  const transfers = usePages(PATH);
  const open = (transfers.data ?? []).filter(({ state }) => state === 'offered');
  if (open.length === 0) return <ProblemAlert error={transfers.error} />;
  return (
    <Section title={t('transfers.title')}>
      {open.map((transfer) => (
        <Offer key={transfer.id} transfer={transfer} />
      ))}
    </Section>
  );
}

function Offer({ transfer }: { readonly transfer: Transfer }) {
  const { t, i18n } = useTranslation('member');
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [contact, setContact] = useState('');
  const onSuccess = () => {
    for (const path of [PATH, '/v1/number-contracts']) void client.invalidateQueries({ queryKey: [path] });
    // With his first number somebody becomes a member: his other pages are there from now on.
    void refreshSession();
  };
  const taking = useAction(
    (wish: { readonly name: string; readonly contact: string }, key) =>
      ask('POST /v1/number-transfers/{id}/acceptance', {
        path: { id: transfer.id },
        key,
        body: {
          contact: wish.contact === '' ? null : e164Of(wish.contact),
          holder: { name: wish.name, language: i18n.resolvedLanguage },
        },
      }),
    { onSuccess },
  );
  const refusing = useAction(
    (_: string, key) =>
      ask('POST /v1/number-transfers/{id}/refusal', {
        path: { id: transfer.id },
        body: { reason: t('transfers.refused') },
        key,
      }),
    { onSuccess },
  );
  return (
    <Paper withBorder p="sm">
      <Stack gap="xs">
        <Text fw={600}>{transfer.shown}</Text>
        <ProblemAlert error={taking.error ?? refusing.error} />
        {transfer.mine === 'asked' && (
          <Group align="flex-end">
            <TextInput
              label={t('transfers.name')}
              autoComplete="name"
              value={name}
              onChange={(e) => setName(e.currentTarget.value)}
            />
            <TextInput
              label={t('transfers.contact')}
              type="tel"
              autoComplete="tel"
              value={contact}
              onChange={(e) => setContact(e.currentTarget.value)}
            />
            <Button
              disabled={name.trim() === ''}
              onClick={() => taking.start({ name: name.trim(), contact })}
            >
              {t('transfers.take')}
            </Button>
          </Group>
        )}
        <div>
          <Button variant="default" size="compact-sm" onClick={() => refusing.start('')}>
            {t(transfer.mine === 'offered' ? 'transfers.withdraw' : 'transfers.refuse')}
          </Button>
        </div>
      </Stack>
    </Paper>
  );
}

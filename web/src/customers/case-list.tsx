import { Badge, Button, Group, Paper, Stack, Text, TextInput, Title, UnstyledButton } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/http.js';
import { useSession } from '../api/session.js';
import { useAction } from '../shared/action.js';
import { tellDone } from '../shared/notify.js';
import { ProblemAlert } from '../shared/states.js';
import { CaseDialog } from './case-dialog.js';
import { useWording } from './texts.js';
import type { Case, Customer } from './types.js';

/** A customer's open cases, and a new one. */
export function CaseList({
  customer,
  callId,
}: {
  readonly customer: Customer;
  readonly callId?: string | undefined;
}) {
  const { t } = useTranslation('desk');
  const { account } = useSession();
  const client = useQueryClient();
  const [wanted, setWanted] = useState({ subject: '', dueOn: '' });
  const open = useAction(
    (body: { subject: string; dueOn: string }, key) =>
      ask('POST /v1/cases', {
        body: {
          customerId: customer.id,
          subject: body.subject,
          dueOn: body.dueOn === '' ? null : body.dueOn,
          callId: callId ?? null,
          assigneeId: account?.id ?? null,
        },
        key,
      }),
    {
      onSuccess: () => {
        setWanted({ subject: '', dueOn: '' });
        tellDone(t('cases.opened'));
        void client.invalidateQueries({ queryKey: ['customer'] });
        void client.invalidateQueries({ queryKey: ['cases'] });
      },
    },
  );
  return (
    <Paper withBorder p="md" component="section" aria-label={t('cases.title')}>
      <Title order={3} size="h5" mb="xs">
        {t('cases.title')}
      </Title>
      <Stack gap="sm">
        {customer.cases.length === 0 && <Text c="dimmed">{t('cases.none')}</Text>}
        {customer.cases.map((one) => (
          <CaseLine key={one.id} found={one} />
        ))}
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (wanted.subject.trim() !== '') open.start({ ...wanted, subject: wanted.subject.trim() });
          }}
        >
          <Stack gap="xs">
            <TextInput
              label={t('cases.subject')}
              maxLength={200}
              value={wanted.subject}
              onChange={(event) => setWanted({ ...wanted, subject: event.currentTarget.value })}
            />
            <Group align="flex-end" justify="space-between">
              <TextInput
                type="date"
                label={t('cases.due')}
                value={wanted.dueOn}
                onChange={(event) => setWanted({ ...wanted, dueOn: event.currentTarget.value })}
              />
              <Button
                type="submit"
                variant="light"
                loading={open.isPending}
                disabled={wanted.subject.trim() === ''}
              >
                {t('cases.open')}
              </Button>
            </Group>
            <ProblemAlert error={open.error} />
          </Stack>
        </form>
      </Stack>
    </Paper>
  );
}

const colours = {
  open: 'blue',
  working: 'teal',
  waiting: 'yellow',
  solved: 'green',
  closed: 'gray',
} as const;

/** One line that opens the case. */
export function CaseLine({
  found,
}: {
  readonly found: Pick<Case, 'id' | 'subject' | 'status' | 'dueOn' | 'customerName'>;
}) {
  const { t } = useTranslation('desk');
  const say = useWording();
  const [shown, setShown] = useState(false);
  return (
    <>
      <UnstyledButton onClick={() => setShown(true)} aria-haspopup="dialog">
        <Group justify="space-between" wrap="nowrap">
          <div>
            <Text style={{ overflowWrap: 'anywhere' }}>{found.subject}</Text>
            <Text size="xs" c="dimmed">
              {[found.customerName, found.dueOn && t('cases.until', { day: say.day(found.dueOn) })]
                .filter(Boolean)
                .join(', ')}
            </Text>
          </div>
          <Badge variant="outline" color={colours[found.status]} style={{ flexShrink: 0 }}>
            {t(`case.${found.status}`)}
          </Badge>
        </Group>
      </UnstyledButton>
      {shown && <CaseDialog id={found.id} onClose={() => setShown(false)} />}
    </>
  );
}

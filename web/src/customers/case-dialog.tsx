import { Button, Group, Modal, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/http.js';
import { useAction } from '../shared/action.js';
import { Loaded, ProblemAlert } from '../shared/states.js';
import { useWording } from './texts.js';
import type { Case, CaseStatus } from './types.js';

interface CaseEvent {
  readonly id: string;
  readonly author: string;
  readonly what: string;
  readonly comment: string | null;
  readonly at: string;
}
type Found = Case & { readonly history: readonly CaseEvent[] };

/** As docs/customers.md prints them. */
const moves: Readonly<Record<CaseStatus, readonly string[]>> = {
  open: ['begin', 'solve', 'close'],
  working: ['wait', 'solve', 'close'],
  waiting: ['begin', 'solve', 'close'],
  solved: ['reopen', 'close'],
  closed: [],
};

/** A case with its history: moved on, given to somebody, commented. */
export function CaseDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { t } = useTranslation('desk');
  const query = useQuery({
    queryKey: ['case', id],
    queryFn: ({ signal }) => ask('GET /v1/cases/{id}', { path: { id }, signal }),
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={query.data?.subject ?? t('cases.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Loaded query={query}>{(found) => <CaseWork found={found} />}</Loaded>
    </Modal>
  );
}

function CaseWork({ found }: { readonly found: Found }) {
  const { t } = useTranslation('desk');
  const say = useWording();
  const client = useQueryClient();
  const [comment, setComment] = useState('');
  const done = () => {
    setComment('');
    for (const key of ['case', 'cases', 'customer']) void client.invalidateQueries({ queryKey: [key] });
  };
  const move = useAction(
    (wanted: string, key) =>
      ask('POST /v1/cases/{id}/moves', {
        path: { id: found.id },
        body: { move: wanted, comment: comment.trim() === '' ? null : comment.trim() },
        key,
      }),
    { onSuccess: done },
  );
  const change = useAction(
    (wanted: object) =>
      ask('PATCH /v1/cases/{id}', { path: { id: found.id }, body: { version: found.version, ...wanted } }),
    { onSuccess: done },
  );
  const colleagues = useQuery({
    queryKey: ['colleagues'],
    queryFn: ({ signal }) => ask('GET /v1/desk/colleagues', { signal }),
    staleTime: 300_000,
  });
  const isClosed = found.status === 'closed';
  return (
    <Stack>
      <Text>
        {t('cases.status')}: <strong>{t(`case.${found.status}`)}</strong>
      </Text>
      <Select
        label={t('cases.assignee')}
        data={(colleagues.data?.items ?? []).map(({ accountId, email }) => ({
          value: accountId,
          label: email,
        }))}
        value={found.assigneeId}
        disabled={isClosed}
        searchable
        onChange={(assigneeId) => change.start({ assigneeId })}
      />
      <TextInput
        type="date"
        label={t('cases.due')}
        value={found.dueOn ?? ''}
        disabled={isClosed}
        onChange={(event) =>
          change.start({ dueOn: event.currentTarget.value === '' ? null : event.currentTarget.value })
        }
      />
      {!isClosed && (
        <Textarea
          label={t('cases.comment')}
          autosize
          minRows={2}
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
        />
      )}
      <ProblemAlert error={move.error ?? change.error} />
      <Group>
        {moves[found.status].map((one) => (
          <Button key={one} variant="light" loading={move.isPending} onClick={() => move.start(one)}>
            {t(`move.${one}`)}
          </Button>
        ))}
      </Group>
      <Stack component="ol" gap="xs" aria-label={t('cases.history')} pl="md" m={0}>
        {found.history.map((event) => (
          <li key={event.id}>
            <Text size="sm">
              {t(`event.${event.what}`)}: {event.author}, {say.time(event.at)}
            </Text>
            {event.comment !== null && <Text style={{ whiteSpace: 'pre-wrap' }}>{event.comment}</Text>}
          </li>
        ))}
      </Stack>
    </Stack>
  );
}

import { Button, Group, Paper, Select, Stack, Text, Textarea, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/http.js';
import { useAction } from '../shared/action.js';
import { tellDone } from '../shared/notify.js';
import { ProblemAlert } from '../shared/states.js';
import { useWording } from './texts.js';
import type { Customer } from './types.js';

/** What the agent writes down, how the call ended, and what others wrote before. */
export function NoteForm({
  customer,
  callId,
}: {
  readonly customer: Customer;
  readonly callId?: string | undefined;
}) {
  const { t } = useTranslation('desk');
  const say = useWording();
  const client = useQueryClient();
  const [text, setText] = useState('');
  const save = useAction(
    (wanted: string, key) =>
      ask('POST /v1/customers/{id}/notes', {
        path: { id: customer.id },
        body: { text: wanted, ...(callId === undefined ? {} : { callId }) },
        key,
      }),
    {
      onSuccess: () => {
        setText('');
        tellDone(t('notes.saved'));
        void client.invalidateQueries({ queryKey: ['customer'] });
      },
    },
  );
  return (
    <Paper withBorder p="md" component="section" aria-label={t('notes.title')}>
      <Title order={3} size="h5" mb="xs">
        {t('notes.title')}
      </Title>
      <Stack gap="sm">
        {callId !== undefined && <DispositionSelect key={callId} callId={callId} />}
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim() !== '') save.start(text.trim());
          }}
        >
          <Stack gap="xs">
            <Textarea
              label={t('notes.text')}
              autosize
              minRows={2}
              maxLength={5_000}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <ProblemAlert error={save.error} />
            <Group justify="flex-end">
              <Button type="submit" variant="light" loading={save.isPending} disabled={text.trim() === ''}>
                {t('notes.save')}
              </Button>
            </Group>
          </Stack>
        </form>
        {customer.notes.length === 0 ? (
          <Text c="dimmed">{t('notes.none')}</Text>
        ) : (
          customer.notes.map((note) => (
            <div key={note.id}>
              <Text style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{note.text}</Text>
              <Text size="xs" c="dimmed">
                {note.author}, {say.time(note.createdAt)}
              </Text>
            </div>
          ))
        )}
      </Stack>
    </Paper>
  );
}

function DispositionSelect({ callId }: { readonly callId: string }) {
  const { t } = useTranslation('desk');
  const { reader } = useWording();
  const { data } = useQuery({
    queryKey: ['dispositions'],
    queryFn: ({ signal }) => ask('GET /v1/dispositions', { signal }),
    staleTime: 300_000,
  });
  const say = useAction(
    (code: string) => ask('PUT /v1/call-dispositions/{callId}', { path: { callId }, body: { code } }),
    {
      onSuccess: () => tellDone(t('disposition.saved')),
    },
  );
  const known = (data?.items ?? []).filter(({ active }) => active);
  if (known.length === 0) return null;
  return (
    <>
      <Select
        label={t('disposition.title')}
        placeholder={t('disposition.choose')}
        data={known.map(({ code, label }) => ({ value: code, label: label[reader] ?? label['en'] ?? code }))}
        onChange={(code) => code !== null && say.start(code)}
        allowDeselect={false}
      />
      <ProblemAlert error={say.error} />
    </>
  );
}

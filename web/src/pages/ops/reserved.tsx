import { Button, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useAction } from '../../shared/action.js';
import { ConfirmButton } from '../../shared/confirm-button.js';
import { useFormat } from '../../shared/format.js';
import { More } from '../../shared/more.js';
import { PageHead } from '../../shared/page-head.js';
import { usePages } from '../../shared/pages.js';
import { Section } from '../../shared/section.js';
import { Empty, Loaded, ProblemAlert } from '../../shared/states.js';

const PATH = '/v1/shop/reserved-numbers';

/** Numbers that are not sold, one by one or by how they begin. */
export default function ReservedNumbers() {
  const { t } = useTranslation('ops');
  const { date } = useFormat();
  const reserved = usePages(PATH);
  const refresh = () => void reserved.refetch();
  const freeing = useAction((id: string) => ask('DELETE /v1/shop/reserved-numbers/{id}', { path: { id } }), {
    onSuccess: refresh,
  });
  return (
    <Stack maw={840}>
      <PageHead title={t('reserved.title')} text={t('reserved.text')} />
      <NewReserved onMade={refresh} />
      <ProblemAlert error={freeing.error} />
      <Loaded query={reserved}>
        {(items) =>
          items.length === 0 ? (
            <Empty text={t('reserved.none')} />
          ) : (
            <Table verticalSpacing="xs" horizontalSpacing="xs">
              <Table.Tbody>
                {items.map(({ id, pattern, reason, createdAt }) => (
                  <Table.Tr key={id}>
                    <Table.Td>
                      <Text fw={600} className="digits">
                        {pattern}
                      </Text>
                      <Text size="sm" c="dimmed">
                        {reason} · {date(createdAt)}
                      </Text>
                    </Table.Td>
                    <Table.Td ta="right">
                      <ConfirmButton
                        label={t('reserved.free')}
                        question={t('reserved.freeQuestion', { pattern })}
                        onConfirm={(close) => {
                          freeing.start(id);
                          close();
                        }}
                      />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )
        }
      </Loaded>
      <More {...reserved} />
    </Stack>
  );
}

function NewReserved({ onMade }: { readonly onMade: () => void }) {
  const { t } = useTranslation('ops');
  const [pattern, setPattern] = useState('');
  const [reason, setReason] = useState('');
  const reserving = useAction(
    (wish: { readonly pattern: string; readonly reason: string }, key) =>
      ask('POST /v1/shop/reserved-numbers', { body: wish, key }),
    {
      onSuccess: () => {
        setPattern('');
        setReason('');
        onMade();
      },
    },
  );
  return (
    <Section title={t('reserved.new')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          reserving.start({ pattern: pattern.replace(/[\s-]/g, ''), reason: reason.trim() });
        }}
      >
        <Stack gap="sm">
          <Group align="flex-end">
            <TextInput
              label={t('reserved.pattern')}
              description={t('reserved.patternHint')}
              required
              maxLength={20}
              value={pattern}
              onChange={(event) => setPattern(event.currentTarget.value)}
            />
            <TextInput
              label={t('reason')}
              required
              maxLength={300}
              flex="1 1 200px"
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <Button type="submit" loading={reserving.isPending}>
              {t('reserved.add')}
            </Button>
          </Group>
          <ProblemAlert error={reserving.error} />
        </Stack>
      </form>
    </Section>
  );
}

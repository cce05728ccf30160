import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { signedOut } from '../../api/session.js';
import { useAction } from '../../shared/action.js';
import { useFormat } from '../../shared/format.js';
import { More } from '../../shared/more.js';
import { usePages } from '../../shared/pages.js';
import { Section } from '../../shared/section.js';
import { Loaded, ProblemAlert } from '../../shared/states.js';
import { browserName } from './browser-name.js';

export function SignedInPlaces() {
  const { t } = useTranslation('account');
  const { moment } = useFormat();
  const client = useQueryClient();
  const sessions = usePages('/v1/me/sessions');
  const ending = useAction(async (id: string) => {
    await ask('DELETE /v1/me/sessions/{id}', { path: { id } });
    await client.invalidateQueries({ queryKey: ['/v1/me/sessions'] });
  });
  const endingAll = useAction(async () => {
    await ask('DELETE /v1/me/sessions');
    await signedOut();
  });
  return (
    <Section title={t('sessions.title')}>
      <ProblemAlert error={ending.error ?? endingAll.error} />
      <Loaded query={sessions}>
        {(items) =>
          items.map(({ id, createdAt, current, agent }) => (
            <Group key={id} justify="space-between" wrap="nowrap">
              <Stack gap={0} miw={0}>
                <Text size="sm" truncate title={agent ?? ''}>
                  {agent === null ? t('sessions.unknown') : browserName(agent)}
                </Text>
                <Text size="sm" c="dimmed">
                  {moment(createdAt)}
                </Text>
              </Stack>
              {current ? (
                <Badge variant="light">{t('sessions.this')}</Badge>
              ) : (
                <Button size="compact-sm" variant="default" onClick={() => ending.start(id)}>
                  {t('sessions.end')}
                </Button>
              )}
            </Group>
          ))
        }
      </Loaded>
      <More {...sessions} />
      <div>
        <Button variant="default" onClick={() => endingAll.start()} loading={endingAll.isPending}>
          {t('sessions.endAll')}
        </Button>
      </div>
    </Section>
  );
}

import { Badge, Button, Group, Paper, Stack, Switch, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { ask, type Schemas } from '../api/http.js';
import { useFresh } from '../api/topics.js';
import { useAction } from '../shared/action.js';
import { ConfirmButton } from '../shared/confirm-button.js';
import { useFormat } from '../shared/format.js';
import { More } from '../shared/more.js';
import { PageHead } from '../shared/page-head.js';
import { usePages } from '../shared/pages.js';
import { Empty, Loaded, ProblemAlert } from '../shared/states.js';
import { Deliveries } from './deliveries.js';
import { NewWebhook } from './new-webhook.js';

const PATH = '/v1/webhooks';
type Webhook = Schemas['WebhookView'];

/** Others' servers that are told of what happens, and what came of each message; for the house and for a company's administrator. */
export function WebhooksPage() {
  const { t } = useTranslation('webhooks');
  const [search, setSearch] = useSearchParams();
  const shown = search.get('webhook');
  useFresh('webhooks', PATH);
  const webhooks = usePages(PATH);
  const refresh = () => void webhooks.refetch();
  return (
    <Stack gap="md" maw={1100}>
      <PageHead title={t('title')} text={t('text')} />
      <Loaded query={webhooks}>
        {(items) =>
          items.length === 0 ? (
            <Empty text={t('none')} />
          ) : (
            <Stack gap="xs">
              {items.map((one) => (
                <One
                  key={one.id}
                  webhook={one}
                  shown={one.id === shown}
                  show={() => setSearch({ webhook: one.id }, { replace: true })}
                  refresh={refresh}
                />
              ))}
            </Stack>
          )
        }
      </Loaded>
      <More {...webhooks} />
      {shown !== null && webhooks.data?.some(({ id }) => id === shown) === true && (
        <Deliveries key={shown} webhookId={shown} />
      )}
      <NewWebhook refresh={refresh} />
    </Stack>
  );
}

function One({
  webhook: { id, url, events, enabled, failingSince, disabledBecause },
  shown,
  show,
  refresh,
}: {
  readonly webhook: Webhook;
  readonly shown: boolean;
  readonly show: () => void;
  readonly refresh: () => void;
}) {
  const { t } = useTranslation('webhooks');
  const { moment } = useFormat();
  const switching = useAction((on: boolean) => ask(`PATCH ${PATH}/${id}`, { body: { enabled: on } }), {
    onSuccess: refresh,
  });
  const removing = useAction(() => ask(`DELETE ${PATH}/${id}`), { onSuccess: refresh });
  const state = !enabled ? 'off' : failingSince === null ? 'well' : 'failing';
  return (
    <Paper withBorder p="sm" component="article" aria-label={url} data-webhook={state}>
      <Group justify="space-between" align="flex-start">
        <div style={{ flex: '1 1 260px', minWidth: 0 }}>
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {url}
          </Text>
          <Text size="sm" c="dimmed">
            {events.map((event) => t(`event.${event}`)).join(', ')}
          </Text>
          {failingSince !== null && enabled && (
            <Text size="sm">{t('failingSince', { when: moment(failingSince) })}</Text>
          )}
          {!enabled && disabledBecause !== null && <Text size="sm">{disabledBecause}</Text>}
        </div>
        <Badge radius="sm" variant="light" color={{ well: 'teal', failing: 'yellow', off: 'gray' }[state]}>
          {t(`state.${state}`)}
        </Badge>
      </Group>
      <Group gap="sm" mt="xs">
        <Switch
          size="sm"
          label={t('on')}
          checked={enabled}
          disabled={switching.isPending}
          onChange={(event) => switching.start(event.currentTarget.checked)}
        />
        <Button size="compact-sm" variant={shown ? 'light' : 'default'} aria-pressed={shown} onClick={show}>
          {t('deliveries')}
        </Button>
        <ConfirmButton
          label={t('remove')}
          question={t('removeQuestion', { url })}
          error={removing.error}
          onConfirm={() => removing.start()}
        />
      </Group>
      <ProblemAlert error={switching.error} />
    </Paper>
  );
}

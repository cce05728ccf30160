import { Badge, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, askBlob } from '../../api/http.js';
import { useAction } from '../../shared/action.js';
import { ConfirmButton } from '../../shared/confirm-button.js';
import { useFormat } from '../../shared/format.js';
import { IconVoicemail } from '../../shared/icons.js';
import { Empty, Loaded, ProblemAlert } from '../../shared/states.js';
import { MemberPage } from './member-page.js';

interface Message {
  readonly id: string;
  readonly callerNumber: string | null;
  readonly callerName: string | null;
  readonly durationMs: number;
  readonly receivedAt: string;
  readonly heardAt: string | null;
}

export default function Voicemail() {
  const { t } = useTranslation('member');
  return (
    <MemberPage title={t('voicemail.title')} text={t('voicemail.text')}>
      {(memberId) => <Mailbox memberId={memberId} />}
    </MemberPage>
  );
}

function Mailbox({ memberId }: { readonly memberId: string }) {
  const { t } = useTranslation('member');
  const path = `/v1/mailboxes/${memberId}/messages` as const;
  const client = useQueryClient();
  const messages = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => ask(`GET ${path}`, { signal }),
  });
  const refresh = () => void client.invalidateQueries({ queryKey: [path] });
  return (
    <Loaded query={messages}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty text={t('voicemail.none')} icon={<IconVoicemail />} />
        ) : (
          <Stack gap="sm">
            {items.map((message) => (
              <MessageCard
                key={message.id}
                message={message}
                path={`${path}/${message.id}`}
                refresh={refresh}
              />
            ))}
          </Stack>
        )
      }
    </Loaded>
  );
}

function MessageCard({
  message,
  path,
  refresh,
}: {
  readonly message: Message;
  readonly path: `/v1/mailboxes/${string}/messages/${string}`;
  readonly refresh: () => void;
}) {
  const { t } = useTranslation('member');
  const { moment, seconds } = useFormat();
  const { callerName, callerNumber, durationMs, receivedAt, heardAt } = message;
  const marking = useAction((heard: boolean) => ask(`PATCH ${path}`, { body: { heard } }), {
    onSuccess: refresh,
  });
  const deleting = useAction(() => ask(`DELETE ${path}`), { onSuccess: refresh });
  const who = callerName ?? callerNumber ?? t('voicemail.unknown');
  return (
    <Paper withBorder p="sm" component="article" aria-label={who}>
      <Stack gap="xs">
        <Group justify="space-between">
          <Text fw={600}>{who}</Text>
          {heardAt === null && <Badge variant="light">{t('voicemail.new')}</Badge>}
        </Group>
        <Text size="sm" c="dimmed">
          {moment(receivedAt)} · {seconds(durationMs / 1_000)}
          {callerName !== null && callerNumber !== null && ` · ${callerNumber}`}
        </Text>
        <Player path={path} who={who} onPlayed={() => heardAt === null && marking.start(true)} />
        <ProblemAlert error={marking.error ?? deleting.error} />
        <Group gap="xs">
          <Button size="compact-sm" variant="default" onClick={() => marking.start(heardAt === null)}>
            {t(heardAt === null ? 'voicemail.markHeard' : 'voicemail.markNew')}
          </Button>
          <ConfirmButton
            label={t('voicemail.delete')}
            question={t('voicemail.deleteQuestion')}
            onConfirm={(close) => {
              deleting.start();
              close();
            }}
          />
        </Group>
      </Stack>
    </Paper>
  );
}

/** The recording is fetched when somebody wants to hear it. */
function Player({
  path,
  who,
  onPlayed,
}: {
  readonly path: `/v1/mailboxes/${string}/messages/${string}`;
  readonly who: string;
  readonly onPlayed: () => void;
}) {
  const { t } = useTranslation('member');
  const [source, setSource] = useState<string>();
  const audio = useRef<HTMLAudioElement>(null);
  const fetching = useAction(() => askBlob(`GET ${path}/audio`), {
    onSuccess: (blob) => setSource(URL.createObjectURL(blob)),
  });
  useEffect(() => {
    void audio.current?.play().catch(() => undefined);
    return () => {
      if (source !== undefined) URL.revokeObjectURL(source);
    };
  }, [source]);
  if (source === undefined) {
    return (
      <div>
        <ProblemAlert error={fetching.error} />
        <Button
          size="compact-sm"
          variant="light"
          loading={fetching.isPending}
          onClick={() => fetching.start()}
          aria-label={t('voicemail.playFrom', { who })}
        >
          {t('voicemail.play')}
        </Button>
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/useMediaCaption: what a caller said has no captions
    <audio ref={audio} controls src={source} onEnded={onPlayed} style={{ width: '100%' }} />
  );
}

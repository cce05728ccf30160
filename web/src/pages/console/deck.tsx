import {
  Alert,
  Anchor,
  Badge,
  Button,
  FileInput,
  Group,
  Progress,
  Stack,
  Table,
  Text,
  TextInput,
} from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { ask, askWithText } from '../../api/http.js';
import { useSession } from '../../api/session.js';
import { useFresh } from '../../api/topics.js';
import { useAction } from '../../shared/action.js';
import { useFormat } from '../../shared/format.js';
import { tellDone } from '../../shared/notify.js';
import { PageHead } from '../../shared/page-head.js';
import { Section } from '../../shared/section.js';
import { Empty, Loaded, ProblemAlert } from '../../shared/states.js';
import { DiffTable } from './deck-diff.js';
import { stageOf, type Version } from './deck-types.js';
import { Grid } from './parts.js';

const colours = { importing: 'yellow', draft: 'gray', scheduled: 'blue', active: 'teal' } as const;

/** A price list, its versions, and what a new one would change. */
export default function DeckPage() {
  const { deckId = '' } = useParams();
  const { t } = useTranslation('console');
  const client = useQueryClient();
  const { account } = useSession();
  const acts = account?.roles.some((role) => role === 'operator' || role === 'finance') === true;
  const path = `/v1/rate-decks/${deckId}/versions` as const;
  // An import counts its rows as it goes.
  useFresh('rate-decks', '/v1/rate-decks', '/v1/deck-versions');
  const decks = useQuery({
    queryKey: ['/v1/rate-decks'],
    queryFn: ({ signal }) => ask('GET /v1/rate-decks', { signal }),
  });
  const versions = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => ask(`GET ${path}`, { signal }),
  });
  const refresh = () => void client.invalidateQueries({ queryKey: [path] });
  const [shown, setShown] = useState<string | undefined>(undefined);
  const deck = decks.data?.items.find(({ id }) => id === deckId);
  return (
    <Stack gap="md">
      <PageHead
        title={deck?.name ?? deckId}
        text={deck === undefined ? undefined : `${t(`decks.${deck.direction}`)} · ${deck.currency}`}
      />
      {acts && <Import deckId={deckId} refresh={refresh} show={setShown} />}
      <Loaded query={versions}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty text={t('decks.noVersions')} />
          ) : (
            <Versions items={items} shown={shown} show={setShown} acts={acts} refresh={refresh} />
          )
        }
      </Loaded>
      {shown !== undefined && <DiffTable versionId={shown} currency={deck?.currency ?? 'USD'} />}
    </Stack>
  );
}

function Import({
  deckId,
  refresh,
  show,
}: {
  readonly deckId: string;
  readonly refresh: () => void;
  readonly show: (versionId: string) => void;
}) {
  const { t } = useTranslation('console');
  const [file, setFile] = useState<File | null>(null);
  const importing = useAction(
    async ({ name }: { readonly name: string }, key) => {
      const text = (await file?.text()) ?? '';
      return askWithText(`POST /v1/rate-decks/${deckId}/versions`, {
        query: { source: name },
        text,
        type: 'text/csv',
        key,
      });
    },
    {
      onSuccess: ({ versionId, good, bad }) => {
        tellDone(t('decks.imported', { good, bad }));
        setFile(null);
        refresh();
        if (versionId !== null) show(versionId);
      },
    },
  );
  return (
    <Section title={t('decks.import')} text={t('decks.importText')}>
      <Group align="flex-end">
        <FileInput
          size="xs"
          flex="0 1 320px"
          label={t('decks.file')}
          placeholder={t('decks.choose')}
          accept="text/csv,.csv"
          value={file}
          onChange={setFile}
          clearable
        />
        <Button
          size="xs"
          disabled={file === null}
          loading={importing.isPending}
          onClick={() => importing.start({ name: file?.name ?? 'upload' })}
        >
          {t('decks.import')}
        </Button>
      </Group>
      {importing.isPending && <Progress value={100} animated aria-label={t('decks.stage.importing')} />}
      <ProblemAlert error={importing.error} />
    </Section>
  );
}

function Versions({
  items,
  shown,
  show,
  acts,
  refresh,
}: {
  readonly items: readonly Version[];
  readonly shown: string | undefined;
  readonly show: (versionId: string) => void;
  readonly acts: boolean;
  readonly refresh: () => void;
}) {
  const { t } = useTranslation('console');
  const { moment } = useFormat();
  const now = Date.now();
  return (
    <Grid
      label={t('decks.versions')}
      minWidth={860}
      head={[
        t('state'),
        t('decks.source'),
        [t('decks.rows'), 'right'],
        t('decks.made'),
        t('decks.activeFrom'),
        '',
      ]}
    >
      {items.map((version) => {
        const stage = stageOf(version, now);
        return (
          <Table.Tr
            key={version.id}
            data-version={version.id}
            {...(version.id === shown ? { bg: 'var(--mantine-color-default-hover)' } : {})}
          >
            <Table.Td>
              <Badge radius="sm" variant="light" color={colours[stage]} data-stage={stage}>
                {t(`decks.stage.${stage}`)}
              </Badge>
            </Table.Td>
            <Table.Td>{version.source}</Table.Td>
            <Table.Td ta="right" className="digits">
              {version.goodRows}
              {version.badRows > 0 && (
                <>
                  {' + '}
                  <Anchor size="sm" href={`/v1/deck-versions/${version.id}/bad-rows.csv`} c="red.8">
                    {t('decks.bad', { count: version.badRows })}
                  </Anchor>
                </>
              )}
            </Table.Td>
            <Table.Td>{moment(version.createdAt)}</Table.Td>
            <Table.Td>{version.activeFrom === null ? '–' : moment(version.activeFrom)}</Table.Td>
            <Table.Td>
              <Group gap={4} justify="flex-end">
                <Button size="compact-xs" variant="subtle" onClick={() => show(version.id)}>
                  {t('decks.diff')}
                </Button>
                <Anchor size="xs" href={`/v1/deck-versions/${version.id}/rates.csv`}>
                  CSV
                </Anchor>
                {acts && stage === 'draft' && <Propose version={version} refresh={refresh} />}
              </Group>
            </Table.Td>
          </Table.Tr>
        );
      })}
    </Grid>
  );
}

/** One person proposes when it comes into force, another approves it (Approvals). */
function Propose({ version, refresh }: { readonly version: Version; readonly refresh: () => void }) {
  const { t } = useTranslation('console');
  const [when, setWhen] = useState('');
  const proposing = useAction(
    (activeFrom: string, key) =>
      ask(`POST /v1/deck-versions/${version.id}/schedule`, {
        body: { activeFrom, acceptBadRows: version.badRows },
        key,
      }),
    {
      onSuccess: () => {
        tellDone(t('decks.proposed'));
        refresh();
      },
    },
  );
  return (
    <Stack gap={4}>
      <Group gap={4} align="flex-end">
        <TextInput
          size="xs"
          type="datetime-local"
          aria-label={t('decks.activeFrom')}
          value={when}
          onChange={(event) => setWhen(event.currentTarget.value)}
        />
        <Button
          size="compact-xs"
          disabled={when === ''}
          loading={proposing.isPending}
          onClick={() => proposing.start(new Date(when).toISOString())}
        >
          {t('decks.propose')}
        </Button>
      </Group>
      <ProblemAlert error={proposing.error} />
      {proposing.data !== undefined && (
        <Alert variant="light" p={4}>
          <Text size="xs">
            <Anchor component={Link} to="/console/proposals" size="xs">
              {t('nav.proposals')}
            </Anchor>
          </Text>
        </Alert>
      )}
    </Stack>
  );
}

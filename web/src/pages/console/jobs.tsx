import { Button, Code, Group, SegmentedControl, Stack, Table, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { ask } from '../../api/http.js';
import { useTopics } from '../../api/topics.js';
import { useAction } from '../../shared/action.js';
import { ConfirmButton } from '../../shared/confirm-button.js';
import { More } from '../../shared/more.js';
import { PageHead } from '../../shared/page-head.js';
import { usePages } from '../../shared/pages.js';
import { Section } from '../../shared/section.js';
import { Empty, Loaded, ProblemAlert } from '../../shared/states.js';
import { useExact } from './clock.js';
import { Grid } from './parts.js';

const states = ['waiting', 'active', 'delayed', 'failed', 'completed'] as const;
type State = (typeof states)[number];

interface Job {
  readonly id: string;
  readonly name: string;
  readonly data: string;
  readonly attempts: number;
  readonly failedBecause: string | null;
  readonly addedAt: string;
  readonly finishedAt: string | null;
}

const PATH = '/v1/job-queues';

/** What is done in the background, and what of it failed. */
export default function Jobs() {
  const { t } = useTranslation('console');
  const client = useQueryClient();
  const [search, setSearch] = useSearchParams();
  const queues = useQuery({
    queryKey: [PATH],
    queryFn: ({ signal }) => ask(`GET ${PATH}`, { signal }),
  });
  const refresh = () => {
    void client.invalidateQueries({
      predicate: ({ queryKey: [key] }) => typeof key === 'string' && key.startsWith(PATH),
    });
  };
  useTopics('jobs', refresh, refresh);
  const queue = search.get('queue') ?? undefined;
  const state = states.find((one) => one === search.get('state')) ?? 'failed';
  return (
    <Stack gap="md">
      <PageHead title={t('jobs.title')} text={t('jobs.text')} />
      <Loaded query={queues}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty text={t('jobs.noQueues')} />
          ) : (
            <Grid
              label={t('jobs.queues')}
              minWidth={520}
              head={[t('jobs.queue'), ...states.map((one) => [t(`jobs.state.${one}`), 'right'] as const)]}
            >
              {items.map(({ name, counts }) => (
                <Table.Tr key={name} data-queue={name}>
                  <Table.Td>
                    <Button
                      size="compact-xs"
                      variant={name === queue ? 'light' : 'subtle'}
                      onClick={() => setSearch({ queue: name, state })}
                    >
                      {name}
                    </Button>
                  </Table.Td>
                  {states.map((one) => (
                    <Table.Td
                      key={one}
                      ta="right"
                      className="digits"
                      {...(one === 'failed' && counts.failed > 0 ? { c: 'red.8', fw: 700 } : {})}
                    >
                      {counts[one]}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Grid>
          )
        }
      </Loaded>
      {queue !== undefined && (
        <Section title={queue}>
          <SegmentedControl
            size="xs"
            aria-label={t('state')}
            value={state}
            onChange={(value) => setSearch({ queue, state: value })}
            data={states.map((value) => ({ value, label: t(`jobs.state.${value}`) }))}
          />
          <JobList queue={queue} state={state} refresh={refresh} />
        </Section>
      )}
    </Stack>
  );
}

function JobList({
  queue,
  state,
  refresh,
}: {
  readonly queue: string;
  readonly state: State;
  readonly refresh: () => void;
}) {
  const { t } = useTranslation('console');
  const jobs = usePages(`${PATH}/${queue}/jobs`, { state });
  return (
    <>
      <Loaded query={jobs}>
        {(items) =>
          items.length === 0 ? (
            <Empty text={t('jobs.none')} />
          ) : (
            <Grid
              label={t('jobs.title')}
              minWidth={760}
              head={[
                t('jobs.job'),
                t('when'),
                [t('jobs.attempts'), 'right'],
                t('jobs.why'),
                ...(state === 'failed' ? [''] : []),
              ]}
            >
              {items.map((job) => (
                <JobLine
                  key={job.id}
                  job={job}
                  path={`${PATH}/${queue}/jobs/${job.id}`}
                  acts={state === 'failed'}
                  refresh={refresh}
                />
              ))}
            </Grid>
          )
        }
      </Loaded>
      <More {...jobs} />
    </>
  );
}

function JobLine({
  job,
  path,
  acts,
  refresh,
}: {
  readonly job: Job;
  readonly path: `${typeof PATH}/${string}/jobs/${string}`;
  readonly acts: boolean;
  readonly refresh: () => void;
}) {
  const { t } = useTranslation('console');
  const exact = useExact();
  const retrying = useAction((what: 'retry', key) => ask(`POST ${path}/${what}`, { key }), {
    onSuccess: refresh,
  });
  const discarding = useAction(() => ask(`DELETE ${path}`), { onSuccess: refresh });
  return (
    <Table.Tr data-job={job.id}>
      <Table.Td>
        <Text size="sm" fw={600}>
          {job.name}
        </Text>
        <Code fz="xs" style={{ overflowWrap: 'anywhere' }}>
          {job.data}
        </Code>
      </Table.Td>
      <Table.Td className="digits">{exact(job.finishedAt ?? job.addedAt)}</Table.Td>
      <Table.Td ta="right">{job.attempts}</Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>{job.failedBecause ?? '–'}</Table.Td>
      {acts && (
        <Table.Td>
          <Group gap={4} wrap="nowrap" justify="flex-end">
            <Button
              size="compact-xs"
              variant="light"
              loading={retrying.isPending}
              onClick={() => retrying.start('retry')}
            >
              {t('jobs.retry')}
            </Button>
            <ConfirmButton
              size="compact-xs"
              label={t('jobs.discard')}
              question={t('jobs.question')}
              error={discarding.error}
              onConfirm={(close) => {
                discarding.start();
                close();
              }}
            />
          </Group>
          <ProblemAlert error={retrying.error ?? discarding.error} />
        </Table.Td>
      )}
    </Table.Tr>
  );
}

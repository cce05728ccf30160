import { Anchor, Code, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useFresh } from '../../api/topics.js';
import { More } from '../../shared/more.js';
import { PageHead } from '../../shared/page-head.js';
import { usePages } from '../../shared/pages.js';
import { Empty, Loaded } from '../../shared/states.js';
import { useExact } from './clock.js';
import { Grid } from './parts.js';

interface Entry {
  readonly id: string;
  readonly at: string;
  readonly email: string | null;
  readonly by: 'session' | 'api-key' | 'nobody';
  readonly action: string;
  readonly source: string;
  readonly targetKind: string;
  readonly targetId: string;
  readonly change: 'made' | 'changed' | 'removed' | 'asked';
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

const FIELDS = ['targetKind', 'targetId', 'accountId'] as const;
const TYPED_MS = 300;

/** Who changed what, before and after; nothing of it can be changed. */
export default function Audit() {
  const { t } = useTranslation('console');
  const exact = useExact();
  const [search, setSearch] = useSearchParams();
  const typed = Object.fromEntries(FIELDS.map((name) => [name, search.get(name) ?? undefined]));
  const [wanted] = useDebouncedValue(JSON.stringify(typed), TYPED_MS);
  useFresh('audit', '/v1/audit-entries');
  const entries = usePages('/v1/audit-entries', JSON.parse(wanted) as Record<string, string>);
  return (
    <Stack gap="sm">
      <PageHead title={t('audit.title')} text={t('audit.text')}>
        <Anchor size="sm" href="/v1/audit-entries/export.ndjson">
          {t('audit.export')}
        </Anchor>
      </PageHead>
      <Group gap="sm">
        {FIELDS.map((name) => (
          <TextInput
            key={name}
            size="xs"
            label={t(`audit.${name}`)}
            value={search.get(name) ?? ''}
            onChange={(event) => {
              const after = new URLSearchParams(search);
              if (event.currentTarget.value === '') after.delete(name);
              else after.set(name, event.currentTarget.value);
              setSearch(after, { replace: true });
            }}
          />
        ))}
      </Group>
      <Loaded query={entries}>
        {(items) =>
          items.length === 0 ? (
            <Empty text={t('audit.none')} />
          ) : (
            <Grid
              label={t('audit.title')}
              minWidth={900}
              head={[t('when'), t('audit.who'), t('audit.what'), t('audit.target'), t('audit.change')]}
            >
              {items.map((entry) => (
                <Table.Tr key={entry.id}>
                  <Table.Td className="digits">{exact(entry.at)}</Table.Td>
                  <Table.Td>
                    <Text size="sm">{entry.email ?? t(`audit.by.${entry.by}`)}</Text>
                    <Text size="xs" c="dimmed" className="digits">
                      {entry.source}
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    <Text size="sm">{t(`audit.change.${entry.change}`)}</Text>
                    <Text size="xs" c="dimmed">
                      {entry.action}
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    <Text size="sm">{entry.targetKind}</Text>
                    <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                      {entry.targetId}
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    <Change before={entry.before} after={entry.after} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Grid>
          )
        }
      </Loaded>
      <More {...entries} />
    </Stack>
  );
}

/** Only what differs. */
function Change({ before, after }: Pick<Entry, 'before' | 'after'>) {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  const text = (value: unknown) => (value === undefined ? '–' : JSON.stringify(value));
  return (
    <Stack gap={2} miw={320} maw={420}>
      {names
        .filter((name) => text(before?.[name] ?? null) !== text(after?.[name] ?? null))
        .slice(0, 8)
        .map((name) => (
          <Code key={name} fz="xs" style={{ overflowWrap: 'anywhere' }}>
            {name}: {before === null ? '' : `${text(before[name])} → `}
            {text(after?.[name])}
          </Code>
        ))}
    </Stack>
  );
}

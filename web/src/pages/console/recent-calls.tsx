import { Anchor, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { More } from '../../shared/more.js';
import { usePages } from '../../shared/pages.js';
import { Empty, Loaded } from '../../shared/states.js';
import { lasting, useExact } from './clock.js';
import { Grid } from './parts.js';

/** Calls that are over, newest first: each leads to its trace. */
export function RecentCalls() {
  const { t } = useTranslation('console');
  const exact = useExact();
  const calls = usePages('/v1/calls', { open: false });
  return (
    <>
      <Loaded query={calls}>
        {(items) =>
          items.length === 0 ? (
            <Empty text={t('calls.noneYet')} />
          ) : (
            <Grid
              label={t('calls.recent')}
              head={[t('when'), t('calls.from'), t('calls.to'), t('calls.end'), [t('calls.talked'), 'right']]}
            >
              {items.map((call) => (
                <Table.Tr key={call.id}>
                  <Table.Td className="digits">
                    <Anchor component={Link} to={`/console/calls/${call.id}`} size="sm">
                      {exact(call.startedAt)}
                    </Anchor>
                  </Table.Td>
                  <Table.Td className="digits">{call.calling ?? call.trunkId ?? '–'}</Table.Td>
                  <Table.Td className="digits">{call.called ?? call.dialled}</Table.Td>
                  <Table.Td>
                    <Text size="sm" span {...(call.answeredAt === null ? { c: 'dimmed' } : {})}>
                      {call.reason} {call.q850 !== null && `(${call.q850})`}
                    </Text>
                  </Table.Td>
                  <Table.Td ta="right" className="digits">
                    {call.answeredAt === null || call.endedAt === null
                      ? '–'
                      : lasting(Date.parse(call.endedAt) - Date.parse(call.answeredAt))}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Grid>
          )
        }
      </Loaded>
      <More {...calls} />
    </>
  );
}

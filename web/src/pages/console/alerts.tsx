import { Badge, Code, Group, NativeSelect, Stack, Switch, Table, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useSession } from '../../api/session.js';
import { useFresh, useTopics } from '../../api/topics.js';
import { useAction } from '../../shared/action.js';
import { ConfirmButton } from '../../shared/confirm-button.js';
import { useFormat } from '../../shared/format.js';
import { More } from '../../shared/more.js';
import { PageHead } from '../../shared/page-head.js';
import { usePages } from '../../shared/pages.js';
import { Section } from '../../shared/section.js';
import { Empty, Loaded } from '../../shared/states.js';
import { useExact } from './clock.js';
import { Grid, ReasonButton } from './parts.js';

const ALERTS = '/v1/fraud-alerts';
const BANS = '/v1/sip-bans';
const HOURS = ['24', '168', '720', '8760'];

/** What looks like fraud, and who is refused at the SIP door. */
export default function Alerts() {
  const { t } = useTranslation('console');
  const { account } = useSession();
  const roles = account?.roles ?? [];
  const exchange = roles.includes('operator') || roles.includes('support');
  return (
    <Stack gap="md">
      <PageHead title={t('alerts.title')} />
      <Fraud acts={roles.includes('operator') || roles.includes('finance')} />
      {exchange && <Bans acts={roles.includes('operator')} />}
    </Stack>
  );
}

function Fraud({ acts }: { readonly acts: boolean }) {
  const { t } = useTranslation('console');
  const exact = useExact();
  const client = useQueryClient();
  const [all, setAll] = useState(false);
  const alerts = usePages(ALERTS, { acknowledged: all ? undefined : false });
  const refresh = () => void client.invalidateQueries({ queryKey: [ALERTS] });
  useTopics('fraud-alerts', refresh, refresh);
  return (
    <Section title={t('alerts.fraud')}>
      <Switch
        size="xs"
        label={t('alerts.all')}
        checked={all}
        onChange={(event) => setAll(event.currentTarget.checked)}
      />
      <Loaded query={alerts}>
        {(items) =>
          items.length === 0 ? (
            <Empty text={t('alerts.none')} />
          ) : (
            <Grid
              label={t('alerts.fraud')}
              head={[t('when'), t('alerts.kind'), t('alerts.owner'), t('reading.detail'), t('state')]}
            >
              {items.map((one) => (
                <Table.Tr key={one.id} data-alert={one.kind}>
                  <Table.Td className="digits">{exact(one.raisedAt)}</Table.Td>
                  <Table.Td>
                    <Badge radius="sm" variant="light" color={one.acknowledgedAt === null ? 'red' : 'gray'}>
                      {t(`alerts.kind.${one.kind}`)}
                    </Badge>
                  </Table.Td>
                  <Table.Td>{one.owner}</Table.Td>
                  <Table.Td>
                    {Object.entries(one.detail).map(([name, value]) => (
                      <Code key={name} fz="xs" mr={4}>
                        {name}: {value}
                      </Code>
                    ))}
                  </Table.Td>
                  <Table.Td>
                    {one.acknowledgedAt !== null && <Text size="sm">{one.note}</Text>}
                    {one.acknowledgedAt === null && acts && (
                      <ReasonButton
                        calm
                        label={t('alerts.seen')}
                        question={t('alerts.question')}
                        act={(note, key) =>
                          ask(`POST ${ALERTS}/${one.id}/acknowledgement`, { body: { note }, key })
                        }
                        done={refresh}
                      />
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Grid>
          )
        }
      </Loaded>
      <More {...alerts} />
    </Section>
  );
}

function Bans({ acts }: { readonly acts: boolean }) {
  const { t } = useTranslation('console');
  const { moment } = useFormat();
  const client = useQueryClient();
  useFresh('sip-bans', BANS);
  const bans = usePages(BANS);
  const refresh = () => void client.invalidateQueries({ queryKey: [BANS] });
  const lifting = useAction((id: string) => ask(`DELETE ${BANS}/${id}`), { onSuccess: refresh });
  return (
    <Section title={t('bans.title')} text={t('bans.text')}>
      {acts && <Add refresh={refresh} />}
      <Loaded query={bans}>
        {(items) =>
          items.length === 0 ? (
            <Empty text={t('bans.none')} />
          ) : (
            <Grid
              label={t('bans.title')}
              minWidth={640}
              head={[
                t('registrations.address'),
                t('reason'),
                [t('bans.tries'), 'right'],
                t('bans.until'),
                '',
              ]}
            >
              {items.map((one) => (
                <Table.Tr key={one.id} data-ban={one.source}>
                  <Table.Td className="digits">{one.source}</Table.Td>
                  <Table.Td>{one.reason}</Table.Td>
                  <Table.Td ta="right" className="digits">
                    {one.tries}
                  </Table.Td>
                  <Table.Td>{moment(one.until)}</Table.Td>
                  <Table.Td ta="right">
                    {acts && one.inForce && (
                      <ConfirmButton
                        label={t('bans.lift')}
                        question={t('bans.question', { source: one.source })}
                        error={lifting.error}
                        onConfirm={(close) => {
                          lifting.start(one.id);
                          close();
                        }}
                      />
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Grid>
          )
        }
      </Loaded>
      <More {...bans} />
    </Section>
  );
}

function Add({ refresh }: { readonly refresh: () => void }) {
  const { t } = useTranslation('console');
  const [address, setAddress] = useState('');
  const [hours, setHours] = useState('24');
  return (
    <Group align="flex-end" gap="xs">
      <TextInput
        size="xs"
        label={t('bans.address')}
        value={address}
        onChange={(event) => setAddress(event.currentTarget.value)}
      />
      <NativeSelect
        size="xs"
        label={t('bans.for')}
        data={HOURS.map((value) => ({ value, label: t(`bans.for.${value}`) }))}
        value={hours}
        onChange={(event) => setHours(event.currentTarget.value)}
      />
      {address.trim() !== '' && (
        <ReasonButton
          label={t('bans.add')}
          question={t('bans.addQuestion', { source: address.trim() })}
          act={(reason, key) =>
            ask(`POST ${BANS}`, { body: { address: address.trim(), reason, hours: Number(hours) }, key })
          }
          done={() => {
            setAddress('');
            refresh();
          }}
        />
      )}
    </Group>
  );
}

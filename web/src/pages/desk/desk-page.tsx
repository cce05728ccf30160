import { Grid, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { ProblemError } from '../../api/problem.js';
import { CaseLine } from '../../customers/case-list.js';
import { PhonePanel } from '../../phone/phone-panel.js';
import { usePhoneState } from '../../phone/use-phone.js';
import { Empty, Loaded } from '../../shared/states.js';
import { AgentCard } from './agent-card.js';
import { CampaignCard } from './campaign-card.js';
import { CustomerSearch } from './customer-search.js';
import { DeskPhone } from './desk-phone.js';
import { ScreenPop } from './screen-pop.js';
import { useDesk } from './use-desk.js';

/** An agent's working place: what he does now, who calls, what is to be done for him. */
export default function DeskPage() {
  const { t } = useTranslation('desk');
  const { agent, call } = useDesk();
  const phoning = usePhoneState().calls.length > 0;
  const first = call !== undefined || phoning;
  const isNoAgent = agent.error instanceof ProblemError && agent.error.status === 404;
  return (
    <Stack>
      <Title order={1} size="h2">
        {t('title')}
      </Title>
      {isNoAgent ? (
        <Empty text={t('noAgent')} />
      ) : (
        <Loaded query={agent}>
          {(me) => (
            <Grid>
              <Grid.Col span={{ base: 12, md: 4, xl: 3 }} order={{ base: first ? 2 : 1, md: 1 }}>
                <Stack>
                  <AgentCard agent={me} />
                  <CampaignCard />
                  <MyCases />
                  {!phoning && <DeskPhone />}
                </Stack>
              </Grid.Col>
              {/* On a telephone who calls comes first. */}
              <Grid.Col span={{ base: 12, md: 8, xl: 9 }} order={{ base: first ? 1 : 2, md: 2 }}>
                <Stack>
                  {/* One call, one place: the telephone stands above who calls. */}
                  {phoning && (
                    <Paper withBorder p="md">
                      <PhonePanel compact />
                    </Paper>
                  )}
                  {call === undefined ? <CustomerSearch /> : <ScreenPop key={call.callId} call={call} />}
                </Stack>
              </Grid.Col>
            </Grid>
          )}
        </Loaded>
      )}
    </Stack>
  );
}

function MyCases() {
  const { t } = useTranslation('desk');
  const query = useQuery({
    queryKey: ['cases', 'mine'],
    queryFn: ({ signal }) =>
      ask('GET /v1/cases', { query: { assignee: 'me', open: true, limit: 20 }, signal }),
  });
  return (
    <Paper withBorder p="md" component="section" aria-label={t('cases.mine')}>
      <Title order={2} size="h5" mb="xs">
        {t('cases.mine')}
      </Title>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Text c="dimmed">{t('cases.none')}</Text>
          ) : (
            <Stack gap="sm">
              {items.map((one) => (
                <CaseLine key={one.id} found={one} />
              ))}
            </Stack>
          )
        }
      </Loaded>
    </Paper>
  );
}

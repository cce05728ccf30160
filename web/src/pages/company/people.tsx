import { Group, MultiSelect, Paper, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useSession } from '../../api/session.js';
import { useAction } from '../../shared/action.js';
import { ConfirmButton } from '../../shared/confirm-button.js';
import { More } from '../../shared/more.js';
import { PageHead } from '../../shared/page-head.js';
import { usePages } from '../../shared/pages.js';
import { Loaded, ProblemAlert } from '../../shared/states.js';
import { Invitations } from './invitations.js';
import { COMPANY_ROLES } from './roles.js';

interface Person {
  readonly accountId: string;
  readonly email: string;
  readonly name: string | null;
  readonly roles: readonly string[];
}

export default function People() {
  const { t } = useTranslation('company');
  const { account } = useSession();
  const path = `/v1/companies/${account?.companyId ?? ''}/people` as const;
  const people = usePages(path);
  return (
    <Stack maw={840}>
      <PageHead title={t('people.title')} text={t('people.text')} />
      <Loaded query={people}>
        {(items) =>
          items.map((person) => (
            <PersonCard
              key={person.accountId}
              person={person}
              path={`${path}/${person.accountId}`}
              refresh={() => void people.refetch()}
            />
          ))
        }
      </Loaded>
      <More {...people} />
      <Invitations companyId={account?.companyId ?? ''} />
    </Stack>
  );
}

function PersonCard({
  person,
  path,
  refresh,
}: {
  readonly person: Person;
  readonly path: `/v1/companies/${string}/people/${string}`;
  readonly refresh: () => void;
}) {
  const { t } = useTranslation('company');
  const changing = useAction((roles: readonly string[]) => ask(`PATCH ${path}`, { body: { roles } }), {
    onSuccess: refresh,
  });
  const removing = useAction(() => ask(`DELETE ${path}`), { onSuccess: refresh });
  const name = person.name ?? person.email;
  return (
    <Paper withBorder p="sm" component="article" aria-label={name}>
      <Group justify="space-between" align="flex-end">
        <Stack gap={0} miw={0}>
          <Text fw={600} truncate>
            {name}
          </Text>
          <Text size="sm" c="dimmed" truncate>
            {person.email}
          </Text>
        </Stack>
        <Group align="flex-end">
          <MultiSelect
            label={t('people.roles')}
            data={COMPANY_ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
            value={[...person.roles]}
            onChange={(roles) => roles.length > 0 && changing.start(roles)}
          />
          <ConfirmButton
            label={t('people.remove')}
            question={t('people.removeQuestion', { name })}
            onConfirm={(close) => {
              removing.start();
              close();
            }}
          />
        </Group>
      </Group>
      <ProblemAlert error={changing.error ?? removing.error} />
    </Paper>
  );
}

import { Badge, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useAction } from '../../shared/action.js';
import { ConfirmButton } from '../../shared/confirm-button.js';
import { More } from '../../shared/more.js';
import { usePages } from '../../shared/pages.js';
import { ProofSteps } from '../../shared/proof/proof-steps.js';
import { Section } from '../../shared/section.js';
import { Loaded, ProblemAlert } from '../../shared/states.js';
import { claimOf, type Identity, type IdentityKind, nameOf } from './identity.js';

export function IdentityList({ memberId, kind }: { readonly memberId: string; readonly kind: IdentityKind }) {
  const { t } = useTranslation('member');
  const path = `/v1/members/${memberId}/${kind}` as const;
  const identities = usePages<Identity>(path);
  const refresh = () => void identities.refetch();
  return (
    <Section title={t(`identity.${kind}`)} text={t(`identity.${kind}.text`)}>
      <Loaded query={identities}>
        {(items) =>
          items.map((identity) => (
            <Entry
              key={identity.id}
              {...{ identity, memberId, kind, path: `${path}/${identity.id}`, refresh }}
            />
          ))
        }
      </Loaded>
      <More {...identities} />
      <NewIdentity kind={kind} path={path} onMade={refresh} />
    </Section>
  );
}

function Entry({
  identity,
  memberId,
  kind,
  path,
  refresh,
}: {
  readonly identity: Identity;
  readonly memberId: string;
  readonly kind: IdentityKind;
  readonly path: `/${string}`;
  readonly refresh: () => void;
}) {
  const { t } = useTranslation('member');
  const removing = useAction(() => ask(`DELETE ${path}`), { onSuccess: refresh });
  const proved = identity.verifiedAt !== null;
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <Text style={{ overflowWrap: 'anywhere' }}>{nameOf(identity)}</Text>
          <Badge variant="light" color={proved ? 'teal' : 'orange'}>
            {t(proved ? 'identity.proved' : 'identity.unproved')}
          </Badge>
        </Group>
        <ConfirmButton
          label={t('identity.remove')}
          question={t('identity.removeQuestion', { what: nameOf(identity) })}
          onConfirm={(close) => {
            removing.start();
            close();
          }}
        />
      </Group>
      <ProblemAlert error={removing.error} />
      {!proved && (
        <ProofSteps
          wish={{ kind: 'identity', memberId, identity: kind, id: identity.id }}
          begin={t(`identity.${kind}.prove`)}
          onProved={refresh}
        />
      )}
    </Stack>
  );
}

function NewIdentity({
  kind,
  path,
  onMade,
}: {
  readonly kind: IdentityKind;
  readonly path: `/${string}`;
  readonly onMade: () => void;
}) {
  const { t } = useTranslation('member');
  const [value, setValue] = useState('');
  const [more, setMore] = useState('');
  const claiming = useAction(
    (body: Readonly<Record<string, string>>, key) => ask(`POST ${path}`, { body, key }),
    {
      onSuccess: () => {
        setValue('');
        setMore('');
        onMade();
      },
    },
  );
  const needsMore = kind === 'contact-numbers' || kind === 'carrier-numbers';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        claiming.start(claimOf(kind, value, more));
      }}
    >
      <ProblemAlert error={claiming.error} />
      <Group align="flex-end">
        <TextInput
          label={t(`identity.${kind}.value`)}
          type={kind === 'emails' ? 'email' : 'text'}
          required
          maxLength={254}
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
        {needsMore && (
          <TextInput
            label={t(`identity.${kind}.more`)}
            maxLength={100}
            required={kind === 'carrier-numbers'}
            value={more}
            onChange={(event) => setMore(event.currentTarget.value)}
          />
        )}
        <Button type="submit" variant="light" loading={claiming.isPending}>
          {t('identity.add')}
        </Button>
      </Group>
    </form>
  );
}

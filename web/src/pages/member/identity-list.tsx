import { Badge, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
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
import { type CarrierName, claimOf, type Identity, type IdentityKind, nameOf } from './identity.js';

/** One list for each kind, by one route. */
type Path = `/v1/members/${string}/${string}`;

export function IdentityList({ memberId, kind }: { readonly memberId: string; readonly kind: IdentityKind }) {
  const { t } = useTranslation('member');
  const path: Path = `/v1/members/${memberId}/${kind}`;
  const identities = usePages(path);
  const refresh = () => void identities.refetch();
  const names = usePages('/v1/carrier-names', { limit: 200 }, kind === 'carrier-numbers');
  const carriers = names.data ?? [];
  return (
    <Section title={t(`identity.${kind}`)} text={t(`identity.${kind}.text`)}>
      <Loaded query={identities}>
        {(items) =>
          items.map((identity) => (
            <Entry
              key={identity.id}
              {...{ identity, memberId, kind, carriers, path: `${path}/${identity.id}` as const, refresh }}
            />
          ))
        }
      </Loaded>
      <More {...identities} />
      <NewIdentity kind={kind} path={path} carriers={carriers} onMade={refresh} />
    </Section>
  );
}

function Entry({
  identity,
  memberId,
  kind,
  carriers,
  path,
  refresh,
}: {
  readonly identity: Identity;
  readonly memberId: string;
  readonly kind: IdentityKind;
  readonly carriers: readonly CarrierName[];
  readonly path: `${Path}/${string}`;
  readonly refresh: () => void;
}) {
  const { t } = useTranslation('member');
  const removing = useAction(() => ask(`DELETE ${path}`), { onSuccess: refresh });
  const proved = identity.verifiedAt !== null;
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <Text style={{ overflowWrap: 'anywhere' }}>{nameOf(identity, carriers)}</Text>
          <Badge variant="light" color={proved ? 'teal' : 'orange'}>
            {t(proved ? 'identity.proved' : 'identity.unproved')}
          </Badge>
        </Group>
        <ConfirmButton
          label={t('identity.remove')}
          question={t('identity.removeQuestion', { what: nameOf(identity, carriers) })}
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

const AUTOCOMPLETE = {
  'contact-numbers': 'tel',
  emails: 'email',
  domains: 'off',
  'carrier-numbers': 'off',
} as const;

function NewIdentity({
  kind,
  carriers,
  path,
  onMade,
}: {
  readonly kind: IdentityKind;
  readonly carriers: readonly CarrierName[];
  readonly path: Path;
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
          type={kind === 'emails' ? 'email' : kind === 'contact-numbers' ? 'tel' : 'text'}
          autoComplete={AUTOCOMPLETE[kind]}
          required
          maxLength={254}
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
        {kind === 'contact-numbers' && (
          <TextInput
            label={t(`identity.${kind}.more`)}
            maxLength={100}
            value={more}
            onChange={(event) => setMore(event.currentTarget.value)}
          />
        )}
        {kind === 'carrier-numbers' && (
          <Select
            label={t(`identity.${kind}.more`)}
            placeholder={t('identity.choose')}
            required
            searchable
            data={carriers.map(({ id, name }) => ({ value: id, label: name }))}
            value={more === '' ? null : more}
            onChange={(chosen) => setMore(chosen ?? '')}
          />
        )}
        <Button type="submit" variant="light" loading={claiming.isPending}>
          {t('identity.add')}
        </Button>
      </Group>
    </form>
  );
}

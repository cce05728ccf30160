import { Alert, Badge, Button, Code, Group, Image, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { refreshSession } from '../../api/session.js';
import { queries } from '../../app/queries.js';
import { useAction } from '../../shared/action.js';
import { ConfirmButton } from '../../shared/confirm-button.js';
import { Copyable } from '../../shared/copyable.js';
import { Section } from '../../shared/section.js';
import { ProblemAlert } from '../../shared/states.js';

interface Standing {
  readonly enrolled: boolean;
  readonly required: boolean;
  readonly recoveryCodesLeft: number;
  readonly withheld: readonly string[];
}
const KEY = ['second-factor'] as const;
const PATH = '/v1/me/second-factor';
const refresh = async (): Promise<void> => {
  await queries.invalidateQueries({ queryKey: KEY });
  await refreshSession();
};

/** The authenticator app: set up by its QR code, confirmed by its first code; recovery codes for when the telephone is lost. */
export function SecondFactor() {
  const { t } = useTranslation('account');
  const { data } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => ask(`GET ${PATH}`, { signal }),
  });
  const [codes, setCodes] = useState<readonly string[]>();
  if (data === undefined) return null;
  return (
    <Section title={t('factor.title')} text={t('factor.text')}>
      {codes !== undefined && <RecoveryCodes codes={codes} done={() => setCodes(undefined)} />}
      {data.enrolled ? (
        <Enrolled standing={data} show={setCodes} />
      ) : (
        <NotYet required={data.required} show={setCodes} />
      )}
    </Section>
  );
}

type Show = (codes: readonly string[]) => void;
function NotYet({ required, show }: { readonly required: boolean; readonly show: Show }) {
  const { t } = useTranslation('account');
  const beginning = useAction(() => ask(`PUT ${PATH}`));
  const confirming = useAction((code: string) => ask(`PUT ${PATH}/confirmation`, { body: { code } }), {
    onSuccess: ({ recoveryCodes }) => {
      show(recoveryCodes);
      void refresh();
    },
  });
  const begun = beginning.data;
  return (
    <Stack>
      {required && (
        <Alert color="orange" variant="light">
          {t('factor.required')}
        </Alert>
      )}
      <ProblemAlert error={beginning.error ?? confirming.error} />
      {begun === undefined ? (
        <div>
          <Button onClick={() => beginning.start()} loading={beginning.isPending}>
            {t('factor.begin')}
          </Button>
        </div>
      ) : (
        <>
          <Text>{t('factor.scan')}</Text>
          <Image src={begun.qr} alt={t('factor.qr')} w={200} bg="white" />
          <Copyable label={t('factor.secret')} value={begun.secret} />
          <CodeForm submit={confirming.start} busy={confirming.isPending} />
        </>
      )}
    </Stack>
  );
}

function Enrolled({ standing, show }: { readonly standing: Standing; readonly show: Show }) {
  const { t } = useTranslation('account');
  const [asking, setAsking] = useState(false);
  const proving = useAction((code: string) => ask(`PUT ${PATH}/proof`, { body: { code } }), {
    onSuccess: refresh,
  });
  const renewing = useAction((code: string) => ask(`PUT ${PATH}/recovery-codes`, { body: { code } }), {
    onSuccess: ({ recoveryCodes }) => {
      setAsking(false);
      show(recoveryCodes);
      void refresh();
    },
  });
  const removing = useAction((_: () => void) => ask(`DELETE ${PATH}`), {
    onSuccess: (_, close) => {
      close();
      void refresh();
    },
  });
  if (standing.withheld.length > 0)
    return (
      <Stack>
        <Text>{t('factor.notShown')}</Text>
        <ProblemAlert error={proving.error} />
        <CodeForm submit={proving.start} busy={proving.isPending} />
      </Stack>
    );
  return (
    <Stack>
      <Group>
        <Badge color="teal">{t('factor.on')}</Badge>
        <Text c="dimmed">{t('factor.left', { count: standing.recoveryCodesLeft })}</Text>
      </Group>
      <ProblemAlert error={renewing.error} />
      {asking ? (
        <CodeForm submit={renewing.start} busy={renewing.isPending} />
      ) : (
        <Group>
          <Button variant="default" onClick={() => setAsking(true)}>
            {t('factor.newCodes')}
          </Button>
          <ConfirmButton
            label={t('factor.remove')}
            question={t('factor.removeQuestion')}
            error={removing.error}
            onConfirm={removing.start}
          />
        </Group>
      )}
    </Stack>
  );
}

function CodeForm({ submit, busy }: { readonly submit: (code: string) => void; readonly busy: boolean }) {
  const { t } = useTranslation('account');
  const [code, setCode] = useState('');
  const send = (event: FormEvent): void => {
    event.preventDefault();
    submit(code);
  };
  return (
    <form onSubmit={send}>
      <Group align="end">
        <TextInput
          label={t('factor.code')}
          autoComplete="one-time-code"
          maxLength={30}
          required
          value={code}
          onChange={({ currentTarget }) => setCode(currentTarget.value)}
        />
        <Button type="submit" loading={busy}>
          {t('factor.confirm')}
        </Button>
      </Group>
    </form>
  );
}

function RecoveryCodes({ codes, done }: { readonly codes: readonly string[]; readonly done: () => void }) {
  const { t } = useTranslation('account');
  return (
    <Alert color="teal" variant="light" title={t('factor.codes')}>
      <Stack>
        <Text>{t('factor.codesText')}</Text>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
          {codes.map((code) => (
            <Code key={code} data-recovery-code>
              {code}
            </Code>
          ))}
        </SimpleGrid>
        <div>
          <Button onClick={done}>{t('factor.kept')}</Button>
        </div>
      </Stack>
    </Alert>
  );
}

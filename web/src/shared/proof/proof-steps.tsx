import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useAction } from '../action.js';
import { Copyable } from '../copyable.js';
import { ProblemAlert } from '../states.js';
import { CodeForm } from './code-form.js';
import type { Proof, ProofWish } from './proof.js';

/** Proves that something is one's own: a call speaks a code, a mail brings one, or a DNS record is looked for. */
export function ProofSteps({
  wish,
  begin,
  onProved,
}: {
  readonly wish: ProofWish;
  /** What the button says that begins it. */
  readonly begin: string;
  readonly onProved: () => void;
}) {
  const { t } = useTranslation('proof');
  const [proof, setProof] = useState<Proof>();
  const take = (found: Proof): void => {
    setProof(found);
    if (found.state === 'proved') onProved();
  };
  const beginning = useAction((_: ProofWish, key) => ask('POST /v1/proofs', { body: wish, key }), {
    onSuccess: (begun) => {
      attempt.reset();
      take(begun);
    },
  });
  const attempt = useAction(
    async (body: Readonly<Record<string, string>>, key) => {
      try {
        return await ask('POST /v1/proofs/{id}/attempts', { path: { id: proof?.id }, body, key });
      } catch (refused) {
        // A wrong code leaves fewer attempts, and the last one ends the proof.
        await ask('GET /v1/proofs/{id}', { path: { id: proof?.id } }).then(setProof, () => undefined);
        throw refused;
      }
    },
    { onSuccess: take },
  );
  const again = useAction(
    (_: string, key) => ask('POST /v1/proofs/{id}/code', { path: { id: proof?.id }, key }),
    {
      onSuccess: setProof,
    },
  );
  const over = proof !== undefined && ['failed', 'expired', 'cancelled', 'refused'].includes(proof.state);
  if (proof === undefined || over) {
    return (
      <Stack>
        {over && (
          <Alert color="orange" variant="light">
            {t(`state.${proof.state}`)}
          </Alert>
        )}
        <ProblemAlert error={beginning.error} />
        <div>
          <Button loading={beginning.isPending} onClick={() => beginning.start(wish)}>
            {begin}
          </Button>
        </div>
      </Stack>
    );
  }
  if (proof.state !== 'waiting') {
    return (
      <Alert color={proof.state === 'proved' ? 'teal' : 'orange'} variant="light">
        {t(`state.${proof.state}`)}
      </Alert>
    );
  }
  return (
    <Stack>
      <Text>{t(`waiting.${proof.method}`, { subject: proof.subject })}</Text>
      <ProblemAlert error={attempt.error ?? again.error} />
      {proof.dns !== null && (
        <Stack gap="xs">
          <Copyable label={t('dns.name')} value={proof.dns.name} />
          <Copyable label={t('dns.value')} value={proof.dns.value} />
          <div>
            <Button loading={attempt.isPending} onClick={() => attempt.start({})}>
              {t('dns.look')}
            </Button>
          </div>
        </Stack>
      )}
      {proof.method !== 'dns' && (
        <CodeForm
          // After a wrong code its boxes are empty again.
          key={proof.attemptsLeft}
          method={proof.method}
          left={proof.attemptsLeft}
          isPending={attempt.isPending}
          onCode={(code) => attempt.start({ code })}
        >
          <Group>
            <Button variant="default" loading={again.isPending} onClick={() => again.start(proof.id)}>
              {t(`again.${proof.method}`)}
            </Button>
          </Group>
        </CodeForm>
      )}
    </Stack>
  );
}

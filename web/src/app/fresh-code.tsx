import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, whenCodeNeeded } from '../api/http.js';
import { useAction } from '../shared/action.js';
import { ProblemAlert } from '../shared/states.js';

/** Asks for a code when something dangerous needs a fresh one; what was wanted is then done without pressing again. */
export function FreshCode() {
  const { t } = useTranslation(['account', 'app']);
  const [waiting, setWaiting] = useState<readonly ((shown: boolean) => void)[]>([]);
  const [code, setCode] = useState('');
  useEffect(() => {
    whenCodeNeeded((settle) => setWaiting((others) => [...others, settle]));
  }, []);
  const end = (shown: boolean): void => {
    for (const settle of waiting) settle(shown);
    setWaiting([]);
    setCode('');
    showing.reset();
  };
  const showing = useAction(() => ask('PUT /v1/me/second-factor/proof', { body: { code } }), {
    onSuccess: () => end(true),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    showing.start();
  };
  return (
    <Modal
      opened={waiting.length > 0}
      onClose={() => end(false)}
      title={t('factor.fresh')}
      closeButtonProps={{ 'aria-label': t('app:close') }}
    >
      <form onSubmit={submit}>
        <Stack>
          <Text>{t('factor.freshText')}</Text>
          <ProblemAlert error={showing.error} />
          <TextInput
            label={t('factor.code')}
            autoComplete="one-time-code"
            maxLength={30}
            required
            data-autofocus
            value={code}
            onChange={({ currentTarget }) => setCode(currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={() => end(false)}>
              {t('app:cancel')}
            </Button>
            <Button type="submit" loading={showing.isPending}>
              {t('factor.confirm')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

import { Alert, Group, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CallCard } from './call-card.js';
import { Dialler } from './dialler.js';
import { LineBadge } from './line-badge.js';
import { PlaceForm } from './place-form.js';
import { usePhone } from './use-phone.js';

/** The telephone itself: calls, and whom to call. Stands on its own page, and beside others (`compact`). */
export function PhonePanel({ compact = false }: { readonly compact?: boolean }) {
  const { t } = useTranslation('phone');
  const { line, calls, place, deaf } = usePhone();
  const talking = calls.filter(({ stage }) => stage === 'talking');
  return (
    <Stack component="section" aria-label={t('title')}>
      <Group justify="flex-end">
        <LineBadge line={line} />
      </Group>
      {deaf && (
        <Alert color="red" variant="light" title={t('deaf.title')} role="alert">
          {t('deaf.text')}
        </Alert>
      )}
      {calls.map((call) => (
        <CallCard key={call.id} call={call} others={talking.filter(({ id }) => id !== call.id)} />
      ))}
      {line === 'no-place' ? (
        <PlaceForm place={place} needed />
      ) : (
        <Dialler ready={line === 'ready'} compact={compact || calls.length > 0} />
      )}
    </Stack>
  );
}

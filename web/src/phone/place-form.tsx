import { Alert, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAction } from '../shared/action.js';
import { ProblemAlert } from '../shared/states.js';
import { phone } from './phone.js';
import { PlaceFields } from './place-fields.js';
import type { Place } from './state.js';

/** Where this browser stands: what emergency calls carry. Asked before the first call, where it is not known. */
export function PlaceForm({
  place,
  needed,
}: {
  readonly place: Place | undefined;
  readonly needed: boolean;
}) {
  const { t } = useTranslation('phone');
  const save = useAction((said: Place) => phone.standAt(said));
  return (
    <Stack gap="sm">
      {needed && (
        <Alert color="orange" variant="light" title={t('place.needed')}>
          <Text size="sm">{t('place.why')}</Text>
        </Alert>
      )}
      <ProblemAlert error={save.error} />
      <PlaceFields place={place} busy={save.isPending} onPlace={save.start} />
    </Stack>
  );
}

import { Alert, Button, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useAction } from '../shared/action.js';
import { ProblemAlert } from '../shared/states.js';
import { phone } from './phone.js';
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
  const form = useForm({
    initialValues: { country: place?.country ?? '', locationNumber: place?.locationNumber ?? '' },
  });
  const save = useAction((said: Place) => phone.standAt(said));
  return (
    <form
      onSubmit={form.onSubmit(({ country, locationNumber }) =>
        save.start({
          country: country.trim().toUpperCase(),
          locationNumber: locationNumber.replace(/[^\d+]/g, ''),
        }),
      )}
    >
      <Stack gap="sm">
        {needed && (
          <Alert color="orange" variant="light" title={t('place.needed')}>
            <Text size="sm">{t('place.why')}</Text>
          </Alert>
        )}
        <ProblemAlert error={save.error} />
        <TextInput
          label={t('place.country')}
          description={t('place.countryAbout')}
          maxLength={2}
          required
          {...form.getInputProps('country')}
        />
        <TextInput
          label={t('place.number')}
          description={t('place.numberAbout')}
          type="tel"
          required
          {...form.getInputProps('locationNumber')}
        />
        <Button type="submit" variant="light" loading={save.isPending}>
          {t('place.save')}
        </Button>
      </Stack>
    </form>
  );
}

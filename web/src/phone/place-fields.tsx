import { Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { CountrySelect } from '../shared/country-select.js';
import type { Place } from './state.js';

/** A country and a telephone number of the place: what a call for help says. */
export function PlaceFields({
  place,
  busy = false,
  onPlace,
}: {
  readonly place: Place | undefined;
  readonly busy?: boolean;
  readonly onPlace: (place: Place) => void;
}) {
  const { t } = useTranslation('phone');
  const form = useForm({
    initialValues: { country: place?.country ?? '', locationNumber: place?.locationNumber ?? '' },
  });
  return (
    <form
      onSubmit={form.onSubmit(({ country, locationNumber }) =>
        onPlace({
          country,
          locationNumber: locationNumber.replace(/[^\d+]/g, ''),
        }),
      )}
    >
      <Stack gap="sm">
        <CountrySelect label={t('place.country')} required {...form.getInputProps('country')} />
        <TextInput
          label={t('place.number')}
          description={t('place.numberAbout')}
          type="tel"
          required
          {...form.getInputProps('locationNumber')}
        />
        <Button type="submit" variant="light" loading={busy}>
          {t('place.save')}
        </Button>
      </Stack>
    </form>
  );
}

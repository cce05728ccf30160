import { SimpleGrid, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { CountrySelect } from '../../shared/country-select.js';
import { Section } from '../../shared/section.js';
import { MemberRecord, RecordForm, useSaving } from './member-record.js';
import { bodyOf, type PersonalData, valuesOf } from './personal-data-form.js';

const AUTOCOMPLETE: Readonly<Record<string, string>> = {
  birthDate: 'bday',
  legalName: 'organization',
  line: 'street-address',
  postcode: 'postal-code',
  city: 'address-level2',
};

export default function PersonalDataPage() {
  const { t } = useTranslation('member');
  return (
    <MemberRecord title={t('personal.title')} text={t('personal.text')} record="personal-data">
      {(saved, path) => <Fields path={path} saved={saved as PersonalData} />}
    </MemberRecord>
  );
}

function Fields({
  path,
  saved,
}: {
  readonly path: `/v1/members/${string}/personal-data`;
  readonly saved: PersonalData;
}) {
  const { t } = useTranslation('member');
  const form = useForm({ initialValues: valuesOf(saved) });
  const saving = useSaving(`PUT ${path}`, saved, (values: typeof form.values) => bodyOf(values, saved));
  return (
    <RecordForm onSubmit={form.onSubmit(saving.start)} saving={saving}>
      <Section title={t('personal.own')}>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          {Object.keys(form.values).map((name) =>
            name === 'country' ? (
              <CountrySelect
                key={name}
                label={t('personal.country')}
                clearable
                {...form.getInputProps(name)}
                onChange={(code) => form.setFieldValue(name, code ?? '')}
              />
            ) : (
              <TextInput
                key={name}
                label={t(`personal.${name}`)}
                type={name === 'birthDate' ? 'date' : 'text'}
                autoComplete={AUTOCOMPLETE[name] ?? 'off'}
                maxLength={200}
                {...form.getInputProps(name)}
              />
            ),
          )}
        </SimpleGrid>
      </Section>
    </RecordForm>
  );
}

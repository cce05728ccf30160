import { SimpleGrid, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CountrySelect } from '../../shared/country-select.js';

export interface BillingAddress {
  readonly name: string;
  readonly street: string;
  readonly city: string;
  readonly postcode: string;
  readonly country: string;
  readonly taxId: string;
}

export const addressFor = (country: string): BillingAddress => ({
  name: '',
  street: '',
  city: '',
  postcode: '',
  country,
  taxId: '',
});

export const billingBody = ({ taxId, ...address }: BillingAddress) => ({
  ...address,
  taxId: taxId.trim() === '' ? null : taxId.trim(),
});

const FIELDS = [
  ['name', 'name'],
  ['street', 'street-address'],
  ['postcode', 'postal-code'],
  ['city', 'address-level2'],
] as const;

/** Who is billed, and where: tax depends on it. */
export function BillingFields({
  value,
  onChange,
  company = false,
}: {
  readonly value: BillingAddress;
  readonly onChange: (address: BillingAddress) => void;
  readonly company?: boolean;
}) {
  const { t } = useTranslation('shop');
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      {FIELDS.map(([field, autoComplete]) => (
        <TextInput
          key={field}
          label={t(`billing.${field}`)}
          autoComplete={autoComplete}
          required
          maxLength={200}
          value={value[field]}
          onChange={(event) => onChange({ ...value, [field]: event.currentTarget.value })}
        />
      ))}
      <CountrySelect
        label={t('billing.country')}
        required
        allowDeselect={false}
        value={value.country}
        onChange={(country) => onChange({ ...value, country: country ?? value.country })}
      />
      {company && (
        <TextInput
          label={t('billing.taxId')}
          maxLength={40}
          value={value.taxId}
          onChange={(event) => onChange({ ...value, taxId: event.currentTarget.value })}
        />
      )}
    </SimpleGrid>
  );
}

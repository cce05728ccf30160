import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format.js';

export function CountryChoice({
  countries,
  value,
  onChange,
  size = 'sm',
}: {
  readonly countries: readonly string[];
  readonly value: string;
  readonly onChange: (country: string) => void;
  readonly size?: 'sm' | 'md';
}) {
  const { t } = useTranslation('shop');
  const { country } = useFormat();
  return (
    <Select
      label={t('country')}
      data={countries.map((code) => ({ value: code, label: country(code) }))}
      value={value}
      allowDeselect={false}
      onChange={(chosen) => onChange(chosen ?? value)}
      maw={280}
      size={size}
    />
  );
}

import { NativeSelect } from '@mantine/core';
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
    <NativeSelect
      label={t('country')}
      data={countries.map((code) => ({ value: code, label: country(code) }))}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      maw={280}
      size={size}
    />
  );
}

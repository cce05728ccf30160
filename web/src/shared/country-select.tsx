import { Select, type SelectProps } from '@mantine/core';
import { useMemo } from 'react';
import { countryChoices } from './countries.js';
import { useFormat } from './format.js';

export function CountrySelect(props: Omit<SelectProps, 'data'>) {
  const { country } = useFormat();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a language's list is made once
  const data = useMemo(() => [...countryChoices(country)], [country('KR')]);
  return <Select searchable data={data} {...props} />;
}

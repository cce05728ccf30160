import { Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/session.js';
import { useFormat } from '../../shared/format.js';
import { usePages } from '../../shared/pages.js';
import { type BranchValues, COMPANY_ANSWERS } from './branch-answers.js';

const ANSWERS = ['company', 'device', 'telephone', 'member'] as const;

/** Of a company's number: who picks up in each of its countries. */
export function BranchFields({
  countries,
  values,
  onChange,
}: {
  readonly countries: readonly string[];
  readonly values: Readonly<Record<string, BranchValues>>;
  readonly onChange: (values: Readonly<Record<string, BranchValues>>) => void;
}) {
  const { t } = useTranslation('shop');
  const { country: nameOf } = useFormat();
  const { account } = useSession();
  const companyId = account?.companyId ?? '';
  const branches = usePages(
    `/v1/companies/${companyId}/branches`,
    { limit: 200 },
    companyId !== '' && account?.roles.includes('company-admin') === true,
  );
  const own = branches.data ?? [];
  const choices = ANSWERS.filter((by) => by !== 'member' || own.length > 0);
  return (
    <Stack gap="sm">
      <Text fw={600} size="sm">
        {t('branches.title')}
      </Text>
      {countries.map((country) => {
        const value = values[country] ?? COMPANY_ANSWERS;
        const name = nameOf(country);
        const set = (changes: Partial<BranchValues>) =>
          onChange({ ...values, [country]: { ...value, ...changes } });
        return (
          <SimpleGrid key={country} cols={{ base: 1, xs: 2 }} spacing="sm">
            <Select
              label={t('branches.in', { country: name })}
              data={choices.map((by) => ({ value: by, label: t(`branches.${by}`) }))}
              allowDeselect={false}
              value={value.by}
              onChange={(by) => set({ by: (by ?? 'company') as BranchValues['by'] })}
            />
            {value.by === 'member' && (
              <Select
                label={t('branches.which', { country: name })}
                required
                data={own.map(({ id, name: label }) => ({ value: id, label }))}
                value={value.memberId === '' ? null : value.memberId}
                onChange={(memberId) => set({ memberId: memberId ?? '' })}
              />
            )}
            {value.by === 'device' && (
              <TextInput
                label={t('branches.label', { country: name })}
                required
                maxLength={100}
                value={value.label}
                onChange={(event) => set({ label: event.currentTarget.value })}
              />
            )}
            {(value.by === 'device' || value.by === 'telephone') && (
              <TextInput
                label={t(`branches.${value.by}.telephone`, { country: name })}
                description={t(`branches.${value.by}.hint`)}
                type="tel"
                autoComplete="off"
                required
                value={value.telephone}
                onChange={(event) => set({ telephone: event.currentTarget.value })}
              />
            )}
          </SimpleGrid>
        );
      })}
    </Stack>
  );
}

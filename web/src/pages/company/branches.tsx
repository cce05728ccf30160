import { Anchor, Button, Group, Paper, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ask } from '../../api/http.js';
import { useSession } from '../../api/session.js';
import { languages, nameOfLanguage } from '../../i18n/languages.js';
import { useAction } from '../../shared/action.js';
import { CountrySelect } from '../../shared/country-select.js';
import { useFormat } from '../../shared/format.js';
import { More } from '../../shared/more.js';
import { PageHead } from '../../shared/page-head.js';
import { usePages } from '../../shared/pages.js';
import { Section } from '../../shared/section.js';
import { Empty, Loaded, ProblemAlert } from '../../shared/states.js';

export default function Branches() {
  const { t } = useTranslation('company');
  const { country, language } = useFormat();
  const { account } = useSession();
  const path = `/v1/companies/${account?.companyId ?? ''}/branches` as const;
  const branches = usePages(path);
  return (
    <Stack maw={840}>
      <PageHead title={t('branches.title')} text={t('branches.text')} />
      <Loaded query={branches}>
        {(items) =>
          items.length === 0 ? (
            <Empty text={t('branches.none')} />
          ) : (
            items.map((branch) => (
              <Paper key={branch.id} withBorder p="sm" component="article" aria-label={branch.name}>
                <Group justify="space-between">
                  <Stack gap={0}>
                    <Text fw={600}>{branch.name}</Text>
                    <Text size="sm" c="dimmed">
                      {country(branch.country)} · {language(branch.language)}
                    </Text>
                  </Stack>
                  <Group>
                    <Anchor component={Link} to={`/member/devices?member=${branch.id}`}>
                      {t('branches.devices')}
                    </Anchor>
                    <Anchor component={Link} to={`/member/find-me?member=${branch.id}`}>
                      {t('branches.findMe')}
                    </Anchor>
                  </Group>
                </Group>
              </Paper>
            ))
          )
        }
      </Loaded>
      <More {...branches} />
      <NewBranch path={path} onMade={() => void branches.refetch()} />
    </Stack>
  );
}

function NewBranch({
  path,
  onMade,
}: {
  readonly path: `/v1/companies/${string}/branches`;
  readonly onMade: () => void;
}) {
  const { t, i18n } = useTranslation('company');
  const form = useForm({
    initialValues: { name: '', country: 'US', area: '', language: i18n.resolvedLanguage ?? 'en' },
  });
  const making = useAction(
    ({ area, ...rest }: typeof form.values, key) =>
      ask(`POST ${path}`, { key, body: { ...rest, ...(area.trim() === '' ? {} : { area: area.trim() }) } }),
    {
      onSuccess: () => {
        form.reset();
        onMade();
      },
    },
  );
  return (
    <Section title={t('branches.new')}>
      <form onSubmit={form.onSubmit(making.start)}>
        <Stack>
          <Group align="flex-end">
            <TextInput label={t('branches.name')} required maxLength={200} {...form.getInputProps('name')} />
            <CountrySelect
              label={t('branches.country')}
              allowDeselect={false}
              {...form.getInputProps('country')}
            />
            <TextInput label={t('branches.area')} maxLength={6} {...form.getInputProps('area')} />
            <Select
              label={t('branches.language')}
              data={languages.map((code) => ({ value: code, label: nameOfLanguage(code) }))}
              allowDeselect={false}
              {...form.getInputProps('language')}
            />
          </Group>
          <ProblemAlert error={making.error} />
          <div>
            <Button type="submit" loading={making.isPending}>
              {t('branches.add')}
            </Button>
          </div>
        </Stack>
      </form>
    </Section>
  );
}

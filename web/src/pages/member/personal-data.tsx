import { Button, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useAction } from '../../shared/action.js';
import { tellDone } from '../../shared/notify.js';
import { Section } from '../../shared/section.js';
import { Loaded, ProblemAlert } from '../../shared/states.js';
import { MemberPage } from './member-page.js';
import { bodyOf, type PersonalData, valuesOf } from './personal-data-form.js';

export default function PersonalDataPage() {
  const { t } = useTranslation('member');
  return (
    <MemberPage title={t('personal.title')} text={t('personal.text')}>
      {(memberId) => <Data memberId={memberId} />}
    </MemberPage>
  );
}

function Data({ memberId }: { readonly memberId: string }) {
  const path = `/v1/members/${memberId}/personal-data` as const;
  const data = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => ask<PersonalData>(`GET ${path}`, { signal }),
    gcTime: 0,
  });
  return <Loaded query={data}>{(found) => <Fields path={path} saved={found} />}</Loaded>;
}

function Fields({ path, saved }: { readonly path: `/${string}`; readonly saved: PersonalData }) {
  const { t } = useTranslation(['member', 'app']);
  const form = useForm({ initialValues: valuesOf(saved) });
  const saving = useAction(
    (values: typeof form.values) => ask(`PUT ${path}`, { body: bodyOf(values, saved) }),
    {
      onSuccess: () => tellDone(t('app:saved')),
    },
  );
  return (
    <form onSubmit={form.onSubmit(saving.start)}>
      <Stack>
        <Section title={t('personal.own')}>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            {Object.keys(form.values).map((name) => (
              <TextInput
                key={name}
                label={t(`personal.${name}`)}
                type={name === 'birthDate' ? 'date' : 'text'}
                maxLength={200}
                {...form.getInputProps(name)}
              />
            ))}
          </SimpleGrid>
        </Section>
        <ProblemAlert error={saving.error} />
        <div>
          <Button type="submit" loading={saving.isPending}>
            {t('app:save')}
          </Button>
        </div>
      </Stack>
    </form>
  );
}

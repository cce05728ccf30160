import { Button, Group, MultiSelect, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useAction } from '../../shared/action.js';
import { useFormat } from '../../shared/format.js';
import { tellDone } from '../../shared/notify.js';
import { usePages } from '../../shared/pages.js';
import { Section } from '../../shared/section.js';
import { Loaded, ProblemAlert } from '../../shared/states.js';
import { COMPANY_ROLES } from './roles.js';

export function Invitations({ companyId }: { readonly companyId: string }) {
  const { t, i18n } = useTranslation('company');
  const { date } = useFormat();
  const path = `/v1/companies/${companyId}/invitations` as const;
  const invitations = usePages(path);
  const form = useForm({ initialValues: { email: '', name: '', roles: ['member'] } });
  const inviting = useAction(
    ({ email, name, roles }: typeof form.values, key) =>
      ask(`POST ${path}`, {
        key,
        body: { email: email.trim(), name: name.trim(), roles, language: i18n.resolvedLanguage },
      }),
    {
      onSuccess: () => {
        form.reset();
        tellDone(t('invitations.sent'));
        void invitations.refetch();
      },
    },
  );
  const withdrawing = useAction((id: string) => ask(`DELETE ${path}/${id}`), {
    onSuccess: () => void invitations.refetch(),
  });
  return (
    <Section title={t('invitations.title')}>
      <Loaded query={invitations}>
        {(items) =>
          items
            .filter(({ state }) => state === 'open')
            .map(({ id, email, expiresAt }) => (
              <Group key={id} justify="space-between">
                <Text size="sm">
                  {email} · {t('invitations.until', { date: date(expiresAt) })}
                </Text>
                <Button size="compact-sm" variant="default" onClick={() => withdrawing.start(id)}>
                  {t('invitations.withdraw')}
                </Button>
              </Group>
            ))
        }
      </Loaded>
      <ProblemAlert error={inviting.error ?? withdrawing.error} />
      <form onSubmit={form.onSubmit(inviting.start)}>
        <Stack>
          <Group align="flex-end">
            <TextInput
              label={t('invitations.email')}
              type="email"
              required
              {...form.getInputProps('email')}
            />
            <TextInput
              label={t('invitations.name')}
              required
              maxLength={200}
              {...form.getInputProps('name')}
            />
            <MultiSelect
              label={t('people.roles')}
              data={COMPANY_ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
              {...form.getInputProps('roles')}
            />
          </Group>
          <div>
            <Button type="submit" loading={inviting.isPending}>
              {t('invitations.send')}
            </Button>
          </div>
        </Stack>
      </form>
    </Section>
  );
}

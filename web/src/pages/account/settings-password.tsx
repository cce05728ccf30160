import { Button, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useAction } from '../../shared/action.js';
import { tellDone } from '../../shared/notify.js';
import { Section } from '../../shared/section.js';
import { ProblemAlert } from '../../shared/states.js';
import { SHORTEST_PASSWORD } from './rules.js';

export function Password() {
  const { t } = useTranslation('account');
  const form = useForm({
    initialValues: { currentPassword: '', newPassword: '' },
    validate: {
      newPassword: (text) =>
        text.length < SHORTEST_PASSWORD ? t('password.short', { least: SHORTEST_PASSWORD }) : null,
    },
  });
  const changing = useAction((body: typeof form.values) => ask('PUT /v1/me/password', { body }), {
    onSuccess: () => {
      form.reset();
      tellDone(t('password.changed'));
    },
  });
  return (
    <Section title={t('password.title')} text={t('password.ends')}>
      <form onSubmit={form.onSubmit(changing.start)}>
        <Stack>
          <ProblemAlert error={changing.error} />
          <PasswordInput
            label={t('password.current')}
            autoComplete="current-password"
            required
            {...form.getInputProps('currentPassword')}
          />
          <PasswordInput
            label={t('password.new')}
            description={t('password.rule', { least: SHORTEST_PASSWORD })}
            autoComplete="new-password"
            required
            {...form.getInputProps('newPassword')}
          />
          <div>
            <Button type="submit" loading={changing.isPending}>
              {t('password.change')}
            </Button>
          </div>
        </Stack>
      </form>
    </Section>
  );
}

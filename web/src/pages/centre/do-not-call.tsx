import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useAction } from '../../shared/action.js';
import { More } from '../../shared/more.js';
import { usePages } from '../../shared/pages.js';
import { Section } from '../../shared/section.js';
import { Loaded, ProblemAlert } from '../../shared/states.js';

/** Who must not be called by a campaign. */
export function DoNotCall() {
  const { t } = useTranslation('centre');
  const list = usePages('/v1/do-not-call');
  const refresh = () => void list.refetch();
  const form = useForm({ initialValues: { number: '', reason: '' } });
  const path = (number: string) => `/v1/do-not-call/${encodeURIComponent(number)}` as const;
  const putting = useAction(
    ({ number, reason }: typeof form.values) =>
      ask(`PUT ${path(number.replace(/[\s-]/g, ''))}`, { body: { reason } }),
    {
      onSuccess: () => {
        form.reset();
        refresh();
      },
    },
  );
  const removing = useAction((number: string) => ask(`DELETE ${path(number)}`), { onSuccess: refresh });
  return (
    <Section title={t('dnc.title')} text={t('dnc.text')}>
      <Loaded query={list}>
        {(items) => (
          <Stack gap="xs">
            {items.length === 0 && <Text c="dimmed">{t('dnc.none')}</Text>}
            {items.map(({ number, reason }) => (
              <Group key={number} justify="space-between">
                <Text>
                  <Text span ff="monospace">
                    {number}
                  </Text>{' '}
                  · {reason}
                </Text>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="red"
                  aria-label={t('dnc.removeNumber', { number })}
                  onClick={() => removing.start(number)}
                >
                  {t('dnc.remove')}
                </Button>
              </Group>
            ))}
          </Stack>
        )}
      </Loaded>
      <More {...list} />
      <form onSubmit={form.onSubmit(putting.start)}>
        <Group align="flex-end">
          <TextInput label={t('dnc.number')} required maxLength={40} {...form.getInputProps('number')} />
          <TextInput label={t('dnc.reason')} required maxLength={200} {...form.getInputProps('reason')} />
          <Button type="submit" loading={putting.isPending}>
            {t('dnc.add')}
          </Button>
        </Group>
        <ProblemAlert error={putting.error ?? removing.error} />
      </form>
    </Section>
  );
}

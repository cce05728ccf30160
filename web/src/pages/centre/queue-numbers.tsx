import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useWording } from '../../customers/texts.js';
import { useAction } from '../../shared/action.js';
import { CountrySelect } from '../../shared/country-select.js';
import { Section } from '../../shared/section.js';
import { ProblemAlert } from '../../shared/states.js';
import type { QueueDetail } from './types.js';

/** Numbers, or branches of them, that lead to a queue. */
export function QueueNumbers({
  queue,
  readOnly,
  onChanged,
}: {
  readonly queue: QueueDetail;
  readonly readOnly: boolean;
  readonly onChanged: () => void;
}) {
  const { t } = useTranslation('centre');
  const say = useWording();
  const form = useForm({ initialValues: { key: '', region: null as string | null } });
  const path = (key: string, region: string | null) => ({
    route: `/v1/queues/${queue.id}/numbers/${encodeURIComponent(key)}` as const,
    query: region === null ? {} : { region },
  });
  const point = useAction(
    ({ key, region }: typeof form.values) => {
      const { route, query } = path(key.replace(/[\s-]/g, '').replace('*', '#'), region);
      return ask(`PUT ${route}`, { query });
    },
    {
      onSuccess: () => {
        form.reset();
        onChanged();
      },
    },
  );
  const remove = useAction(
    ({ key, region }: { key: string; region: string | null }) => {
      const { route, query } = path(key, region);
      return ask(`DELETE ${route}`, { query });
    },
    { onSuccess: onChanged },
  );
  return (
    <Section title={t('numbers.title')} text={t('numbers.text')}>
      <Stack gap="xs">
        {queue.numbers.length === 0 && <Text c="dimmed">{t('numbers.none')}</Text>}
        {queue.numbers.map(({ key, region }) => (
          <Group key={`${key} ${region}`} justify="space-between">
            <Text ff="monospace">
              {key} {region !== null && `(${say.country(region)})`}
            </Text>
            {!readOnly && (
              <Button
                size="compact-sm"
                variant="subtle"
                color="red"
                onClick={() => remove.start({ key, region })}
              >
                {t('numbers.remove')}
              </Button>
            )}
          </Group>
        ))}
        {!readOnly && (
          <form onSubmit={form.onSubmit(point.start)}>
            <Group align="flex-end">
              <TextInput
                label={t('numbers.number')}
                required
                maxLength={30}
                placeholder="6200-6200#"
                {...form.getInputProps('key')}
              />
              <CountrySelect label={t('numbers.branch')} clearable {...form.getInputProps('region')} />
              <Button type="submit" loading={point.isPending}>
                {t('numbers.add')}
              </Button>
            </Group>
          </form>
        )}
        <ProblemAlert error={point.error ?? remove.error} />
      </Stack>
    </Section>
  );
}

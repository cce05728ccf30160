import { Anchor, Badge, Button, Group, MultiSelect, Paper, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { ask } from '../../api/http.js';
import { useWording } from '../../customers/texts.js';
import { useAction } from '../../shared/action.js';
import { CountrySelect } from '../../shared/country-select.js';
import { More } from '../../shared/more.js';
import { usePages } from '../../shared/pages.js';
import { Section } from '../../shared/section.js';
import { Empty, Loaded, ProblemAlert } from '../../shared/states.js';
import { CentreHead } from './centre-head.js';
import { useMayManage } from './may-manage.js';
import { languageChoices } from './tongues.js';

export default function Queues() {
  const { t } = useTranslation('centre');
  const say = useWording();
  const mayManage = useMayManage();
  const queues = usePages('/v1/queues');
  return (
    <Stack maw={960}>
      <CentreHead part="queues" />
      <Loaded query={queues}>
        {(items) =>
          items.length === 0 ? (
            <Empty text={t('queues.none')} />
          ) : (
            items.map((queue) => (
              <Paper key={queue.id} withBorder p="sm" component="article" aria-label={queue.name}>
                <Group justify="space-between">
                  <Stack gap={0}>
                    <Anchor component={Link} to={`/centre/queues/${queue.id}`} fw={600}>
                      {queue.name}
                    </Anchor>
                    <Text size="sm" c="dimmed">
                      {say.country(queue.country)} · {queue.languages.map(say.language).join(', ')}
                      {queue.extension !== null && ` · *26${queue.extension}`}
                    </Text>
                  </Stack>
                  {!queue.enabled && <Badge color="gray">{t('queues.off')}</Badge>}
                </Group>
              </Paper>
            ))
          )
        }
      </Loaded>
      <More {...queues} />
      {mayManage && <NewQueue />}
    </Stack>
  );
}

function NewQueue() {
  const { t } = useTranslation('centre');
  const say = useWording();
  const go = useNavigate();
  const form = useForm({ initialValues: { name: '', country: 'KR', languages: [] as string[] } });
  const making = useAction((body: typeof form.values, key) => ask('POST /v1/queues', { key, body }), {
    onSuccess: ({ id }) => void go(`/centre/queues/${id}`),
  });
  return (
    <Section title={t('queues.new')} text={t('queues.newText')}>
      <form onSubmit={form.onSubmit(making.start)}>
        <Stack>
          <Group align="flex-end">
            <TextInput label={t('queue.name')} required maxLength={80} {...form.getInputProps('name')} />
            <CountrySelect
              label={t('queue.country')}
              allowDeselect={false}
              {...form.getInputProps('country')}
            />
            <MultiSelect
              label={t('queue.languages')}
              required
              searchable
              data={languageChoices(say.language)}
              {...form.getInputProps('languages')}
            />
          </Group>
          <ProblemAlert error={making.error} />
          <div>
            <Button type="submit" loading={making.isPending}>
              {t('queues.add')}
            </Button>
          </div>
        </Stack>
      </form>
    </Section>
  );
}

import {
  Badge,
  Button,
  Checkbox,
  Group,
  NumberInput,
  Paper,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useWording } from '../../customers/texts.js';
import { useAction } from '../../shared/action.js';
import { More } from '../../shared/more.js';
import { usePages } from '../../shared/pages.js';
import { Section } from '../../shared/section.js';
import { Loaded, ProblemAlert } from '../../shared/states.js';
import { CampaignContacts } from './campaign-contacts.js';
import { dayNames } from './week.js';

export interface Campaign {
  readonly id: string;
  readonly name: string;
  readonly status: 'draft' | 'running' | 'paused' | 'ended';
  readonly fromTime: string;
  readonly toTime: string;
  readonly days: readonly number[];
}
/** What may be done in each state (docs/campaigns.md). */
const moves: Readonly<Record<Campaign['status'], readonly ('start' | 'pause' | 'end')[]>> = {
  draft: ['start', 'end'],
  running: ['pause', 'end'],
  paused: ['start', 'end'],
  ended: [],
};

export function CampaignList() {
  const { t } = useTranslation('centre');
  const campaigns = usePages('/v1/campaigns');
  const refresh = () => void campaigns.refetch();
  return (
    <Section title={t('campaign.title')} text={t('campaign.text')}>
      <Loaded query={campaigns}>
        {(items) => (
          <Stack>
            {items.length === 0 && <Text c="dimmed">{t('campaign.none')}</Text>}
            {items.map((one) => (
              <CampaignCard key={one.id} campaign={one} onChanged={refresh} />
            ))}
          </Stack>
        )}
      </Loaded>
      <More {...campaigns} />
      <NewCampaign onMade={refresh} />
    </Section>
  );
}

function CampaignCard({
  campaign,
  onChanged,
}: {
  readonly campaign: Campaign;
  readonly onChanged: () => void;
}) {
  const { t } = useTranslation('centre');
  const { reader } = useWording();
  const move = useAction(
    (name: string, key) =>
      ask('POST /v1/campaigns/{id}/moves', { path: { id: campaign.id }, key, body: { move: name } }),
    { onSuccess: onChanged },
  );
  const days = dayNames(reader)
    .filter(({ day }) => campaign.days.includes(day))
    .map(({ name }) => name)
    .join(' ');
  return (
    <Paper withBorder p="sm" component="article" aria-label={campaign.name}>
      <Stack gap="xs">
        <Group justify="space-between">
          <Stack gap={0}>
            <Text fw={600}>{campaign.name}</Text>
            <Text size="sm" c="dimmed">
              {days} · {campaign.fromTime.slice(0, 5)}–{campaign.toTime.slice(0, 5)}
            </Text>
          </Stack>
          <Group gap="xs">
            <Badge variant="light" data-status={campaign.status}>
              {t(`campaign.${campaign.status}`)}
            </Badge>
            {moves[campaign.status].map((name) => (
              <Button key={name} size="compact-sm" variant="default" onClick={() => move.start(name)}>
                {t(`campaign.${name}`)}
              </Button>
            ))}
          </Group>
        </Group>
        <CampaignContacts campaign={campaign} />
        <ProblemAlert error={move.error} />
      </Stack>
    </Paper>
  );
}

function NewCampaign({ onMade }: { readonly onMade: () => void }) {
  const { t } = useTranslation('centre');
  const { reader } = useWording();
  const form = useForm({
    initialValues: {
      name: '',
      script: '',
      fromTime: '09:00',
      toTime: '18:00',
      days: [1, 2, 3, 4, 5],
      maxAttempts: 3,
      retryMinutes: 120,
    },
  });
  const making = useAction((body: typeof form.values, key) => ask('POST /v1/campaigns', { key, body }), {
    onSuccess: () => {
      form.reset();
      onMade();
    },
  });
  return (
    <form onSubmit={form.onSubmit(making.start)} aria-label={t('campaign.new')}>
      <Stack gap="sm">
        <Text fw={600}>{t('campaign.new')}</Text>
        <TextInput label={t('campaign.name')} required maxLength={100} {...form.getInputProps('name')} />
        <Textarea
          label={t('campaign.script')}
          autosize
          minRows={2}
          maxLength={5_000}
          {...form.getInputProps('script')}
        />
        <Checkbox.Group
          label={t('campaign.days')}
          description={t('campaign.daysText')}
          value={form.values.days.map(String)}
          onChange={(days) => form.setFieldValue('days', days.map(Number).toSorted())}
        >
          <Group mt="xs" gap="sm">
            {dayNames(reader).map(({ day, name }) => (
              <Checkbox key={day} value={String(day)} label={name} />
            ))}
          </Group>
        </Checkbox.Group>
        <Group align="flex-end">
          <TextInput type="time" label={t('campaign.from')} required {...form.getInputProps('fromTime')} />
          <TextInput type="time" label={t('campaign.to')} required {...form.getInputProps('toTime')} />
          <NumberInput
            label={t('campaign.maxAttempts')}
            min={1}
            max={10}
            {...form.getInputProps('maxAttempts')}
          />
          <NumberInput
            label={t('campaign.retryMinutes')}
            min={5}
            max={43_200}
            {...form.getInputProps('retryMinutes')}
          />
        </Group>
        <ProblemAlert error={making.error} />
        <div>
          <Button type="submit" loading={making.isPending}>
            {t('campaign.add')}
          </Button>
        </div>
      </Stack>
    </form>
  );
}

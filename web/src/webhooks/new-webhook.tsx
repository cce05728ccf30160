import { Alert, Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, type Schemas } from '../api/http.js';
import { useAction } from '../shared/action.js';
import { Copyable } from '../shared/copyable.js';
import { Section } from '../shared/section.js';
import { ProblemAlert } from '../shared/states.js';

const EVENTS: readonly Schemas['WebhookView']['events'][number][] = [
  'call.ended',
  'order.changed',
  'payment.settled',
  'number.assigned',
  'voicemail.left',
  'case.changed',
];
type Wanted = { url: string; events: (typeof EVENTS)[number][] };

/** Another server; its secret is shown once. */
export function NewWebhook({ refresh }: { readonly refresh: () => void }) {
  const { t } = useTranslation('webhooks');
  const [url, setUrl] = useState('');
  const [events, setEvents] = useState<string[]>([]);
  const making = useAction((body: Wanted, key) => ask('POST /v1/webhooks', { body, key }), {
    onSuccess: () => {
      setUrl('');
      setEvents([]);
      refresh();
    },
  });
  return (
    <Section title={t('new')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          making.start({ url: url.trim(), events: EVENTS.filter((one) => events.includes(one)) });
        }}
      >
        <Stack gap="sm">
          <TextInput
            type="url"
            label={t('url')}
            placeholder="https://"
            required
            maxLength={500}
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
          />
          <Checkbox.Group label={t('events')} value={events} onChange={setEvents}>
            <Group gap="sm" mt={4}>
              {EVENTS.map((one) => (
                <Checkbox key={one} value={one} label={t(`event.${one}`)} />
              ))}
            </Group>
          </Checkbox.Group>
          <ProblemAlert error={making.error} />
          {making.data !== undefined && (
            <Alert color="teal" variant="light" title={t('secretTitle')}>
              <Copyable label={t('secret')} value={making.data.secret} />
            </Alert>
          )}
          <div>
            <Button type="submit" loading={making.isPending} disabled={events.length === 0}>
              {t('add')}
            </Button>
          </div>
        </Stack>
      </form>
    </Section>
  );
}

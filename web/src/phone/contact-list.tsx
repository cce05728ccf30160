import { ActionIcon, Badge, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/http.js';
import { useAction } from '../shared/action.js';
import { Empty, Loaded, ProblemAlert } from '../shared/states.js';
import { IconCall, IconTrash } from './icons.js';
import { phone } from './phone.js';

const COLOURS = { talking: 'orange.9', there: 'teal.9', away: 'gray.7' } as const;
const LOOK_AGAIN_MS = 30_000;

/** The telephone book, and who of it is there: known of those who have us in theirs. */
export function ContactList() {
  const { t } = useTranslation('phone');
  const queries = useQueryClient();
  const queryKey = ['phone-contacts'];
  const refresh = () => void queries.invalidateQueries({ queryKey });
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => ask('GET /v1/phone/contacts', { query: { limit: 200 }, signal }),
    refetchInterval: LOOK_AGAIN_MS,
  });
  const form = useForm({ initialValues: { name: '', target: '' } });
  const save = useAction((body: typeof form.values) => ask('PUT /v1/phone/contacts', { body }), {
    onSuccess: () => {
      form.reset();
      refresh();
    },
  });
  const remove = useAction((id: string) => ask('DELETE /v1/phone/contacts/{id}', { path: { id } }), {
    onSuccess: refresh,
  });
  return (
    <Stack>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty text={t('contacts.none')} />
          ) : (
            items.map(({ id, name, target, presence }) => (
              <Group key={id} justify="space-between" wrap="nowrap">
                <div style={{ minWidth: 0 }}>
                  <Text truncate>
                    {name}{' '}
                    {presence !== 'unknown' && (
                      <Badge size="sm" color={COLOURS[presence]}>
                        {t(`presence.${presence}`)}
                      </Badge>
                    )}
                  </Text>
                  <Text size="sm" c="dimmed" truncate>
                    {target}
                  </Text>
                </div>
                <Group gap="xs" wrap="nowrap">
                  <ActionIcon
                    color="teal.9"
                    aria-label={t('contacts.call', { name })}
                    onClick={() => phone.dial(target)}
                  >
                    <IconCall />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    color="red.9"
                    aria-label={t('contacts.remove', { name })}
                    onClick={() => remove.start(id)}
                  >
                    <IconTrash />
                  </ActionIcon>
                </Group>
              </Group>
            ))
          )
        }
      </Loaded>
      <ProblemAlert error={save.error ?? remove.error} />
      <form onSubmit={form.onSubmit((values) => save.start(values))}>
        <Stack gap="xs">
          <TextInput label={t('contacts.name')} maxLength={100} required {...form.getInputProps('name')} />
          <TextInput
            label={t('contacts.target')}
            maxLength={254}
            required
            {...form.getInputProps('target')}
          />
          <Button type="submit" variant="light" loading={save.isPending}>
            {t('contacts.save')}
          </Button>
        </Stack>
      </form>
    </Stack>
  );
}

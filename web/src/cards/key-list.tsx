import { ActionIcon, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { IconTrash } from '../phone/icons.js';
import { useAction } from '../shared/action.js';
import { ProblemAlert } from '../shared/states.js';
import { addKey, cardKeys, removeKey } from './card-api.js';

/** USB security keys that stand for a card. */
export function KeyList({ cardId }: { readonly cardId: string }) {
  const { t } = useTranslation('cards');
  const queries = useQueryClient();
  const queryKey = ['card-keys', cardId];
  const refresh = () => void queries.invalidateQueries({ queryKey });
  const { data } = useQuery({ queryKey, queryFn: ({ signal }) => cardKeys(cardId, signal) });
  const add = useAction((_: undefined, key: string) => addKey(cardId, new Date().toLocaleDateString(), key), {
    onSuccess: refresh,
  });
  const remove = useAction((id: string) => removeKey(cardId, id), { onSuccess: refresh });
  return (
    <Stack gap="xs">
      {data?.items.map(({ id, label }) => (
        <Group key={id} gap="xs" data-card-key>
          <Text size="sm">{t('key', { label })}</Text>
          <ActionIcon
            variant="subtle"
            color="red.9"
            aria-label={t('removeKey')}
            onClick={() => remove.start(id)}
          >
            <IconTrash />
          </ActionIcon>
        </Group>
      ))}
      <ProblemAlert error={add.error ?? remove.error} />
      <div>
        <Button variant="light" onClick={() => add.start(undefined)} loading={add.isPending}>
          {t('addKey')}
        </Button>
      </div>
    </Stack>
  );
}

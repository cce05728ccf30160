import { ActionIcon, Badge, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/http.js';
import { useAction } from '../shared/action.js';
import { ProblemAlert } from '../shared/states.js';
import { IconCall, IconPencil, IconTrash } from './icons.js';
import { phone } from './phone.js';

export interface Contact {
  readonly id: string;
  readonly name: string;
  readonly target: string;
  readonly presence: 'offline' | 'available' | 'ringing' | 'talking' | 'unknown';
}

const COLOURS = { talking: 'violet.9', ringing: 'blue.9', available: 'teal.9', offline: 'gray.7' } as const;

/** One contact: who it is, what he does with his telephones, and what one can do with him. */
export function ContactRow({
  contact: { id, name, target, presence },
  ready,
  onEdit,
  onRemoved,
}: {
  readonly contact: Contact;
  readonly ready: boolean;
  readonly onEdit: () => void;
  readonly onRemoved: () => void;
}) {
  const { t } = useTranslation('phone');
  const remove = useAction(() => ask('DELETE /v1/phone/contacts/{id}', { path: { id } }), {
    onSuccess: onRemoved,
  });
  return (
    <li data-contact={name} data-presence={presence}>
      <Group justify="space-between" wrap="nowrap">
        <div style={{ minWidth: 0 }}>
          <Group gap="xs" wrap="nowrap">
            <Text truncate>{name}</Text>
            {presence !== 'unknown' && (
              <Badge size="sm" color={COLOURS[presence]} style={{ flexShrink: 0 }}>
                {t(`presence.${presence}`)}
              </Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed" truncate>
            {target}
          </Text>
        </div>
        <Group gap="xs" wrap="nowrap">
          <ActionIcon
            color="teal.9"
            disabled={!ready}
            aria-label={t('contacts.call', { name })}
            onClick={() => phone.dial(target)}
          >
            <IconCall />
          </ActionIcon>
          <ActionIcon variant="subtle" aria-label={t('contacts.edit', { name })} onClick={onEdit}>
            <IconPencil />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="red.9"
            aria-label={t('contacts.remove', { name })}
            onClick={() => remove.start()}
          >
            <IconTrash />
          </ActionIcon>
        </Group>
      </Group>
      <ProblemAlert error={remove.error} />
    </li>
  );
}

import { ActionIcon, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/http.js';
import { Empty, Loaded } from '../shared/states.js';
import { IconCall } from './icons.js';
import { phone } from './phone.js';
import { clockOf, usePhone } from './use-phone.js';

/** The last calls, made and got. */
export function HistoryList() {
  const { t, i18n } = useTranslation('phone');
  // A call that has ended is new in the history.
  const ended = usePhone().calls.filter(({ stage }) => stage === 'ended').length;
  const query = useQuery({
    queryKey: ['phone-history', ended],
    queryFn: ({ signal }) => ask('GET /v1/phone/history', { query: { limit: 30 }, signal }),
    placeholderData: (before) => before,
  });
  return (
    <Loaded query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty text={t('history.none')} />
        ) : (
          <Stack gap="xs">
            {items.map(({ id, direction, number, at, seconds }) => (
              <Group key={id} justify="space-between" wrap="nowrap">
                <div style={{ minWidth: 0 }}>
                  <Text truncate>{number ?? t('call.unknown')}</Text>
                  <Text size="sm" c="dimmed">
                    {t(seconds === null ? `history.${direction}Missed` : `history.${direction}`)} ·{' '}
                    {new Date(at).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })}
                    {seconds === null ? '' : ` · ${clockOf(seconds)}`}
                  </Text>
                </div>
                {number !== null && (
                  <ActionIcon
                    color="teal.9"
                    aria-label={t('contacts.call', { name: number })}
                    onClick={() => phone.dial(number)}
                  >
                    <IconCall />
                  </ActionIcon>
                )}
              </Group>
            ))}
          </Stack>
        )
      }
    </Loaded>
  );
}

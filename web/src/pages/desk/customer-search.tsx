import { Button, Paper, Stack, Text, TextInput, Title, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { CustomerPanel } from '../../customers/customer-panel.js';
import { useWording } from '../../customers/texts.js';
import { Loaded } from '../../shared/states.js';

/** Customers by name or number while nobody calls; the latest first. */
export function CustomerSearch() {
  const { t } = useTranslation('desk');
  const say = useWording();
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text.trim(), 250);
  const [chosen, choose] = useState<string | undefined>(undefined);
  const query = useQuery({
    queryKey: ['customers', wanted],
    queryFn: ({ signal }) =>
      ask('GET /v1/customers', {
        query: { q: wanted === '' ? undefined : wanted, limit: 20 },
        signal,
      }),
  });
  if (chosen !== undefined) return <ChosenCustomer id={chosen} onBack={() => choose(undefined)} />;
  return (
    <Paper withBorder p="md" component="section" aria-label={t('search.title')}>
      <Title order={2} size="h4" mb="sm">
        {t('search.title')}
      </Title>
      <Stack>
        <TextInput
          type="search"
          label={t('search.label')}
          maxLength={100}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Loaded query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Text c="dimmed">{t('search.none')}</Text>
            ) : (
              <Stack gap="xs">
                {items.map((one) => (
                  <UnstyledButton key={one.id} onClick={() => choose(one.id)}>
                    <Text>{one.name ?? one.number ?? t('customer.unknown')}</Text>
                    <Text size="sm" c="dimmed">
                      {[one.number, say.country(one.country), one.lastCallAt && say.time(one.lastCallAt)]
                        .filter(Boolean)
                        .join(' · ')}
                    </Text>
                  </UnstyledButton>
                ))}
              </Stack>
            )
          }
        </Loaded>
      </Stack>
    </Paper>
  );
}

function ChosenCustomer({ id, onBack }: { readonly id: string; readonly onBack: () => void }) {
  const { t } = useTranslation('desk');
  const query = useQuery({
    queryKey: ['customer', id],
    queryFn: ({ signal }) => ask('GET /v1/customers/{id}', { path: { id }, signal }),
  });
  return (
    <Stack align="stretch">
      <Button variant="default" onClick={onBack} style={{ alignSelf: 'flex-start' }}>
        {t('search.back')}
      </Button>
      <Loaded query={query}>{(customer) => <CustomerPanel customer={customer} />}</Loaded>
    </Stack>
  );
}

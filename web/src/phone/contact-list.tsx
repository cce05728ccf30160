import { Button, Group, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, type Page } from '../api/http.js';
import { useLive } from '../api/live.js';
import { Empty, Loaded } from '../shared/states.js';
import { ContactForm } from './contact-form.js';
import { type Contact, ContactRow } from './contact-row.js';
import { usePhone } from './use-phone.js';

const KEY = ['phone-contacts'];
interface Told {
  readonly type?: string;
  readonly data?: { readonly contactId: string; readonly presence: Contact['presence'] };
}

/** The telephone book, and who of it is there: known of those who have us in theirs, and told as it happens. */
export function ContactList() {
  const { t } = useTranslation('phone');
  const queries = useQueryClient();
  const { line } = usePhone();
  const [editing, setEditing] = useState<string>();
  const refresh = () => void queries.invalidateQueries({ queryKey: KEY });
  const query = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => ask('GET /v1/phone/contacts', { query: { limit: 200 }, signal }),
  });
  useLive('/v1/events?topics=presence', {
    connected: refresh,
    events: {
      resync: refresh,
      message: (told) => {
        const { type, data } = told as Told;
        if (type !== 'presence.changed' || data === undefined) return;
        queries.setQueryData<Page<Contact>>(KEY, (before) =>
          before === undefined
            ? before
            : {
                ...before,
                items: before.items.map((one) =>
                  one.id === data.contactId ? { ...one, presence: data.presence } : one,
                ),
              },
        );
      },
    },
  });
  return (
    <Stack>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty text={t('contacts.none')} />
          ) : (
            <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
              {items.map((contact) =>
                contact.id === editing ? (
                  <li key={contact.id}>
                    <ContactForm
                      contact={contact}
                      onDone={() => {
                        setEditing(undefined);
                        refresh();
                      }}
                    />
                  </li>
                ) : (
                  <ContactRow
                    key={contact.id}
                    contact={contact}
                    ready={line === 'ready'}
                    onEdit={() => setEditing(contact.id)}
                    onRemoved={refresh}
                  />
                ),
              )}
            </Stack>
          )
        }
      </Loaded>
      {editing === undefined ? (
        <ContactForm onDone={refresh} />
      ) : (
        <Group>
          <Button variant="subtle" onClick={() => setEditing(undefined)}>
            {t('contacts.cancel')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

import { Button, Stack, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/http.js';
import { useAction } from '../shared/action.js';
import { ProblemAlert } from '../shared/states.js';
import type { Contact } from './contact-row.js';

/** A new contact, or a change of one. */
export function ContactForm({
  contact,
  onDone,
}: {
  readonly contact?: Contact;
  readonly onDone: () => void;
}) {
  const { t } = useTranslation('phone');
  const form = useForm({ initialValues: { name: contact?.name ?? '', target: contact?.target ?? '' } });
  const save = useAction(
    (body: typeof form.values) =>
      contact === undefined
        ? ask('PUT /v1/phone/contacts', { body })
        : ask('PATCH /v1/phone/contacts/{id}', { path: { id: contact.id }, body }),
    {
      onSuccess: () => {
        form.reset();
        onDone();
      },
    },
  );
  return (
    <form onSubmit={form.onSubmit((values) => save.start(values))}>
      <Stack gap="xs">
        <Title order={2} size="h5">
          {contact === undefined ? t('contacts.new') : t('contacts.edit', { name: contact.name })}
        </Title>
        <ProblemAlert error={save.error} />
        <TextInput label={t('contacts.name')} maxLength={100} required {...form.getInputProps('name')} />
        <TextInput
          label={t('contacts.target')}
          maxLength={254}
          required
          autoCapitalize="none"
          {...form.getInputProps('target')}
        />
        <Button type="submit" variant="light" loading={save.isPending}>
          {t(contact === undefined ? 'contacts.save' : 'contacts.change')}
        </Button>
      </Stack>
    </form>
  );
}

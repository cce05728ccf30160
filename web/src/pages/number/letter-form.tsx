import { Alert, Button, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useAction } from '../../shared/action.js';
import { ProblemAlert } from '../../shared/states.js';
import { worked } from './work.js';

/** Mails the holder, whose address nobody sees. */
export function LetterForm({ path }: { readonly path: `/v1/resolve/${string}` }) {
  const { t } = useTranslation('number');
  const form = useForm({ initialValues: { name: '', replyTo: '', text: '', website: '' } });
  const send = useAction(async (letter: typeof form.values) => {
    await ask(`POST ${path}/mails`, { body: { ...letter, ...(await worked(path)) } });
    return 'sent';
  });
  if (send.data === 'sent')
    return (
      <Alert color="cyan" variant="light" role="status" title={t('letter.sent')}>
        {t('letter.sentAbout')}
      </Alert>
    );
  return (
    <form onSubmit={form.onSubmit((letter) => send.start(letter))}>
      <Stack gap="sm">
        <Text size="sm">{t('letter.about')}</Text>
        <ProblemAlert error={send.error} />
        <TextInput
          label={t('letter.name')}
          autoComplete="name"
          maxLength={100}
          required
          {...form.getInputProps('name')}
        />
        <TextInput
          label={t('letter.replyTo')}
          type="email"
          autoComplete="email"
          maxLength={254}
          required
          {...form.getInputProps('replyTo')}
        />
        <Textarea
          label={t('letter.text')}
          rows={5}
          maxLength={4000}
          required
          {...form.getInputProps('text')}
        />
        <div style={{ position: 'absolute', left: '-100vw' }} aria-hidden="true">
          <TextInput label="Website" tabIndex={-1} autoComplete="off" {...form.getInputProps('website')} />
        </div>
        <Button type="submit" loading={send.isPending}>
          {t('letter.send')}
        </Button>
      </Stack>
    </form>
  );
}

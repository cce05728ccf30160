import { Accordion, Badge, Button, Group, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useWording } from '../../customers/texts.js';
import { useAction } from '../../shared/action.js';
import { ConfirmButton } from '../../shared/confirm-button.js';
import { tellDone } from '../../shared/notify.js';
import { Section } from '../../shared/section.js';
import { Empty, Loaded, ProblemAlert } from '../../shared/states.js';
import { CentreHead } from './centre-head.js';
import { languageChoices } from './tongues.js';

interface MailTemplate {
  readonly owner: string;
  readonly code: string;
  readonly language: string;
  readonly subject: string;
  readonly body: string;
}
/** Mails to customers, one text a language. */
export default function Mails() {
  const { t } = useTranslation('centre');
  const say = useWording();
  const query = useQuery({
    queryKey: ['mail-templates'],
    queryFn: ({ signal }) => ask('GET /v1/mail-templates', { signal }),
  });
  const refresh = () => void query.refetch();
  return (
    <Stack maw={960}>
      <CentreHead part="mails" />
      <Loaded query={query}>
        {({ items, variables }) => (
          <>
            <Text size="sm">
              {t('mails.variables', { list: variables.map((one) => `{{${one}}}`).join(' ') })}
            </Text>
            {items.length === 0 && <Empty text={t('mails.none')} />}
            <Accordion variant="separated">
              {items.map((one) => (
                <Accordion.Item key={`${one.code} ${one.language}`} value={`${one.code} ${one.language}`}>
                  <Accordion.Control>
                    <Group justify="space-between" pr="sm">
                      <Text>
                        {one.code} · {say.language(one.language)}
                      </Text>
                      {one.owner === 'operator' && <Badge variant="light">{t('mails.house')}</Badge>}
                    </Group>
                  </Accordion.Control>
                  <Accordion.Panel>
                    <TemplateForm template={one} onSaved={refresh} />
                  </Accordion.Panel>
                </Accordion.Item>
              ))}
            </Accordion>
            <Section title={t('mails.new')}>
              <TemplateForm key={items.length} onSaved={refresh} />
            </Section>
          </>
        )}
      </Loaded>
    </Stack>
  );
}

function TemplateForm({
  template,
  onSaved,
}: {
  readonly template?: MailTemplate;
  readonly onSaved: () => void;
}) {
  const { t } = useTranslation('centre');
  const say = useWording();
  const form = useForm({
    initialValues: {
      code: template?.code ?? '',
      language: template?.language ?? 'en',
      subject: template?.subject ?? '',
      body: template?.body ?? '',
    },
  });
  const path = ({ code, language }: Pick<MailTemplate, 'code' | 'language'>) =>
    `/v1/mail-templates/${encodeURIComponent(code)}/${language}` as const;
  const saving = useAction(
    ({ code, language, ...body }: typeof form.values) => ask(`PUT ${path({ code, language })}`, { body }),
    {
      onSuccess: () => {
        tellDone(t('saved'));
        onSaved();
      },
    },
  );
  const removing = useAction((one: MailTemplate) => ask(`DELETE ${path(one)}`), { onSuccess: onSaved });
  return (
    <form onSubmit={form.onSubmit(saving.start)}>
      <Stack>
        {template === undefined && (
          <Group align="flex-end">
            <TextInput label={t('mails.code')} required maxLength={40} {...form.getInputProps('code')} />
            <Select
              label={t('mails.language')}
              searchable
              allowDeselect={false}
              data={languageChoices(say.language)}
              {...form.getInputProps('language')}
            />
          </Group>
        )}
        <TextInput label={t('mails.subject')} required maxLength={200} {...form.getInputProps('subject')} />
        <Textarea
          label={t('mails.body')}
          required
          autosize
          minRows={4}
          maxLength={10_000}
          {...form.getInputProps('body')}
        />
        <ProblemAlert error={saving.error} />
        <Group>
          <Button type="submit" loading={saving.isPending}>
            {t('save')}
          </Button>
          {template !== undefined && template.owner !== 'operator' && (
            <ConfirmButton
              label={t('mails.delete')}
              question={t('mails.deleteQuestion')}
              error={removing.error}
              onConfirm={() => removing.start(template)}
            />
          )}
        </Group>
      </Stack>
    </form>
  );
}

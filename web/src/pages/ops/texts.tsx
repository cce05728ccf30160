import { Button, Group, NumberInput, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useAction } from '../../shared/action.js';
import { ConfirmButton } from '../../shared/confirm-button.js';
import { More } from '../../shared/more.js';
import { tellDone } from '../../shared/notify.js';
import { PageHead } from '../../shared/page-head.js';
import { usePages } from '../../shared/pages.js';
import { Section } from '../../shared/section.js';
import { Empty, Loaded, ProblemAlert } from '../../shared/states.js';
import type { ShopText } from './catalogue-contract.js';
import { filled } from './product-body.js';
import { TextPreview } from './text-preview.js';
import { WordsFields } from './words-fields.js';

const PATH = '/v1/shop/texts';
const NEW: ShopText = { id: '', position: 100, title: { en: '' }, body: { en: '' } };

/** What the first page says, in each language, as it will look. */
export default function Texts() {
  const { t } = useTranslation('ops');
  const texts = usePages(PATH);
  const refresh = () => void texts.refetch();
  // With each text that is made the form for another one begins anew.
  const [made, setMade] = useState(0);
  return (
    <Stack maw={960}>
      <PageHead title={t('texts.title')} text={t('texts.text')} />
      <Loaded query={texts}>
        {(items) =>
          items.length === 0 ? (
            <Empty text={t('texts.none')} />
          ) : (
            items
              .toSorted((a, b) => a.position - b.position)
              .map((text) => (
                <Section key={text.id} title={text.title['en'] ?? text.id}>
                  <Editor text={text} onDone={refresh} />
                </Section>
              ))
          )
        }
      </Loaded>
      <More {...texts} />
      <Section title={t('texts.new')}>
        <Editor
          key={made}
          text={NEW}
          onDone={() => {
            setMade(made + 1);
            refresh();
          }}
        />
      </Section>
    </Stack>
  );
}

function Editor({ text, onDone }: { readonly text: ShopText; readonly onDone: () => void }) {
  const { t } = useTranslation(['ops', 'app']);
  const [values, setValues] = useState(text);
  const saving = useAction(
    ({ id, position, title, body }: ShopText) =>
      ask('PUT /v1/shop/texts/{id}', {
        path: { id },
        body: { position, title: filled(title), body: filled(body) },
      }),
    {
      onSuccess: () => {
        tellDone(t('app:saved'));
        onDone();
      },
    },
  );
  const removing = useAction(() => ask('DELETE /v1/shop/texts/{id}', { path: { id: text.id } }), {
    onSuccess: onDone,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        saving.start(values);
      }}
    >
      <Stack>
        <Group align="flex-end">
          {text.id === '' && (
            <TextInput
              label={t('texts.id')}
              description={t('texts.idHint')}
              required
              pattern="[a-z][a-z0-9\-]{1,39}"
              value={values.id}
              onChange={(event) => setValues({ ...values, id: event.currentTarget.value })}
            />
          )}
          <NumberInput
            label={t('texts.position')}
            min={0}
            max={10_000}
            allowDecimal={false}
            w={140}
            value={values.position}
            onChange={(value) => setValues({ ...values, position: Number(value) || 0 })}
          />
        </Group>
        <WordsFields
          title={values.title}
          body={values.body}
          onChange={(words) => setValues({ ...values, ...words })}
        />
        <TextPreview text={values} />
        <ProblemAlert error={saving.error ?? removing.error} />
        <Group>
          <Button type="submit" loading={saving.isPending}>
            {t('app:save')}
          </Button>
          {text.id !== '' && (
            <ConfirmButton
              size="sm"
              label={t('texts.remove')}
              question={t('texts.removeQuestion')}
              onConfirm={(close) => {
                removing.start();
                close();
              }}
            />
          )}
        </Group>
      </Stack>
    </form>
  );
}

import { Alert, Button, List, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { askWithText } from '../../api/http.js';
import { useAction } from '../../shared/action.js';
import { PageHead } from '../../shared/page-head.js';
import { Section } from '../../shared/section.js';
import { ProblemAlert } from '../../shared/states.js';

/** Pieces that came in, by their serials. */
export default function Stock() {
  const { t } = useTranslation('ops');
  const [text, setText] = useState('');
  const taking = useAction((csv: string, key) =>
    askWithText('POST /v1/shop/stock', { text: csv, type: 'text/csv', key }),
  );
  return (
    <Stack maw={720}>
      <PageHead title={t('stock.title')} text={t('stock.text')} />
      <Section title={t('stock.intake')}>
        <Textarea
          label={t('stock.lines')}
          description={t('stock.hint')}
          autosize
          minRows={6}
          placeholder={'goods,serial\ndesk-phone-t31,001122334455'}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <ProblemAlert error={taking.error} />
        {taking.data !== undefined && (
          <Alert color={taking.data.refused.length === 0 ? 'teal' : 'orange'} variant="light" role="status">
            {t('stock.added', { count: taking.data.added })}
            <List size="sm">
              {taking.data.refused.map(({ line, reason }) => (
                <List.Item key={line}>{`${line}: ${reason}`}</List.Item>
              ))}
            </List>
          </Alert>
        )}
        <div>
          <Button disabled={text.trim() === ''} loading={taking.isPending} onClick={() => taking.start(text)}>
            {t('stock.submit')}
          </Button>
        </div>
      </Section>
    </Stack>
  );
}

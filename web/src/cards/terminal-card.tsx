import { Alert, Button, FileInput, Stack, Tabs, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive } from '../api/live.js';
import { useAction } from '../shared/action.js';
import { IconCard } from '../shared/icons.js';
import { Loaded, ProblemAlert } from '../shared/states.js';
import { type CardIn, cardIn, putIn, putKeyIn, takeOut } from './card-api.js';

const KEY = ['terminal-card'];
const LONGEST_FILE = 1_000;

/** This browser as a terminal: whose card is in, and how to put one in. */
export function TerminalCard() {
  const { t } = useTranslation('cards');
  const queries = useQueryClient();
  const query = useQuery({ queryKey: KEY, queryFn: ({ signal }) => cardIn(signal) });
  const [left, setLeft] = useState(false);
  const refresh = () => void queries.invalidateQueries({ queryKey: KEY });
  // While a card is in, this page hears that it has been put in elsewhere.
  useLive(query.data?.card == null ? undefined : '/v1/events?topics=terminal', {
    events: {
      message: (told) => {
        if ((told as { type?: string }).type !== 'card.left') return;
        setLeft(true);
        refresh();
      },
    },
  });
  const out = useAction(takeOut, { onSuccess: refresh });
  return (
    <Loaded query={query}>
      {({ card }) => (
        <Stack>
          {left && card === null && (
            <Alert color="orange" variant="light" role="alert" title={t('terminal.left')}>
              {t('terminal.leftAbout')}
            </Alert>
          )}
          {card === null ? (
            <PutIn
              onIn={(now) => {
                setLeft(false);
                queries.setQueryData<CardIn>(KEY, now);
              }}
            />
          ) : (
            <Stack data-card-in={card.name}>
              <Alert
                color="teal"
                variant="light"
                icon={<IconCard />}
                title={t('terminal.in', { who: card.name })}
              >
                {t('terminal.inAbout', { until: new Date(card.expiresAt).toLocaleString() })}
              </Alert>
              <ProblemAlert error={out.error} />
              <Button onClick={() => out.start()} loading={out.isPending}>
                {t('terminal.takeOut')}
              </Button>
            </Stack>
          )}
        </Stack>
      )}
    </Loaded>
  );
}

function PutIn({ onIn }: { readonly onIn: (now: CardIn) => void }) {
  const { t } = useTranslation('cards');
  const [pin, setPin] = useState('');
  const [number, setNumber] = useState('');
  const [file, setFile] = useState('');
  const [way, setWay] = useState<string | null>('number');
  const action = useAction(
    () => putIn(way === 'file' ? { file: file.trim(), pin } : { number: number.replace(/\D/g, ''), pin }),
    { onSuccess: onIn },
  );
  const key = useAction(putKeyIn, { onSuccess: onIn });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        action.start();
      }}
    >
      <Stack gap="sm">
        <Text size="sm">{t('terminal.about')}</Text>
        <Tabs value={way} onChange={setWay} keepMounted={false}>
          <Tabs.List mb="sm">
            <Tabs.Tab value="number">{t('terminal.byNumber')}</Tabs.Tab>
            <Tabs.Tab value="file">{t('terminal.byFile')}</Tabs.Tab>
            <Tabs.Tab value="key">{t('terminal.byKey')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="number">
            <TextInput
              label={t('terminal.number')}
              inputMode="numeric"
              autoComplete="off"
              required
              value={number}
              onChange={(event) => setNumber(event.currentTarget.value)}
            />
          </Tabs.Panel>
          <Tabs.Panel value="file">
            <Stack gap="sm">
              <FileInput
                label={t('terminal.file')}
                description={t('terminal.fileAbout')}
                accept=".card,text/plain"
                onChange={(chosen) => {
                  if (chosen !== null && chosen.size <= LONGEST_FILE) void chosen.text().then(setFile);
                }}
              />
              <TextInput
                label={t('terminal.scanned')}
                description={t('terminal.scannedAbout')}
                autoComplete="off"
                required
                value={file}
                onChange={(event) => setFile(event.currentTarget.value)}
              />
            </Stack>
          </Tabs.Panel>
          <Tabs.Panel value="key">
            <Text size="sm">{t('terminal.keyAbout')}</Text>
          </Tabs.Panel>
        </Tabs>
        <ProblemAlert error={way === 'key' ? key.error : action.error} />
        {way === 'key' ? (
          <Button onClick={() => key.start()} loading={key.isPending}>
            {t('terminal.useKey')}
          </Button>
        ) : (
          <>
            <TextInput
              label={t('terminal.pin')}
              type="password"
              inputMode="numeric"
              autoComplete="off"
              maxLength={6}
              required
              value={pin}
              onChange={(event) => setPin(event.currentTarget.value)}
            />
            <Button type="submit" loading={action.isPending}>
              {t('terminal.putIn')}
            </Button>
          </>
        )}
      </Stack>
    </form>
  );
}

import { Button, FileInput, Stack, Tabs, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../shared/states.js';
import type { Given } from './card-api.js';
import { QrCamera } from './qr-camera.js';

const LONGEST_FILE = 1_000;

interface Deed<Input> {
  readonly start: (input: Input) => void;
  readonly isPending: boolean;
  readonly error: Error | null;
}

/** The ways to show a card: its number, its file (picked, dropped, by camera or scanner), a security key. */
export function CardWays({ give, security }: { readonly give: Deed<Given>; readonly security: Deed<void> }) {
  const { t } = useTranslation('cards');
  const [pin, setPin] = useState('');
  const [number, setNumber] = useState('');
  const [file, setFile] = useState('');
  const [way, setWay] = useState<string | null>('number');
  const take = (chosen: File | null | undefined) => {
    if (chosen != null && chosen.size <= LONGEST_FILE)
      void chosen.text().then((text) => setFile(text.trim()));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        give.start(way === 'file' ? { file: file.trim(), pin } : { number: number.replace(/\D/g, ''), pin });
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
            <Stack
              gap="sm"
              data-drop
              onDragOver={(event) => event.preventDefault()}
              onDrop={(event) => {
                event.preventDefault();
                take(event.dataTransfer.files[0]);
              }}
            >
              <QrCamera onText={setFile} />
              <FileInput
                label={t('terminal.file')}
                description={t('terminal.fileAbout')}
                accept=".card,text/plain"
                onChange={take}
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
        <ProblemAlert error={way === 'key' ? security.error : give.error} />
        {way === 'key' ? (
          <Button onClick={() => security.start()} loading={security.isPending}>
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
            <Button type="submit" loading={give.isPending}>
              {t('terminal.putIn')}
            </Button>
          </>
        )}
      </Stack>
    </form>
  );
}

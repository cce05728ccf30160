import { Button, NativeSelect, Stack, Switch } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { phone } from './phone.js';
import { soundDevices, whenDevicesChange } from './sound-devices.js';
import { type SoundSettings, soundSettings } from './sound-settings.js';
import { playTone } from './tones.js';

const TRIED_MS = 1_500;

/** Which microphone, speaker and ringer. Their names are told by the browser once the microphone was allowed. */
export function SoundForm() {
  const { t } = useTranslation('phone');
  const queries = useQueryClient();
  const [settings, setSettings] = useState(soundSettings);
  const { data } = useQuery({ queryKey: ['sound-devices'], queryFn: soundDevices });
  useEffect(
    () => whenDevicesChange(() => void queries.invalidateQueries({ queryKey: ['sound-devices'] })),
    [queries],
  );
  const change = (changes: Partial<SoundSettings>) => {
    setSettings({ ...settings, ...changes });
    void phone.chooseDevices(changes);
  };
  const choices = (devices: readonly MediaDeviceInfo[] = []) => [
    { value: '', label: t('sound.usual') },
    ...devices
      .filter(({ deviceId }) => deviceId !== 'default')
      .map(({ deviceId, label }, place) => ({
        value: deviceId,
        label: label || t('sound.nameless', { number: place + 1 }),
      })),
  ];
  const allow = async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => undefined);
    for (const track of stream?.getTracks() ?? []) track.stop();
    await queries.invalidateQueries({ queryKey: ['sound-devices'] });
  };
  const nameless = data?.microphones.every(({ label }) => label === '') ?? false;
  return (
    <Stack gap="sm">
      {nameless && (
        <Button variant="light" onClick={() => void allow()}>
          {t('sound.allow')}
        </Button>
      )}
      <NativeSelect
        label={t('sound.microphone')}
        data={choices(data?.microphones)}
        value={settings.microphone}
        onChange={(event) => change({ microphone: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('sound.speaker')}
        data={choices(data?.speakers)}
        value={settings.speaker}
        onChange={(event) => change({ speaker: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('sound.ringer')}
        data={choices(data?.speakers)}
        value={settings.ringer}
        onChange={(event) => change({ ringer: event.currentTarget.value })}
      />
      <Button
        variant="light"
        onClick={() => {
          const stop = playTone('ring', settings.ringer);
          setTimeout(stop, TRIED_MS);
        }}
      >
        {t('sound.try')}
      </Button>
      <Switch
        label={t('sound.clean')}
        description={t('sound.cleanAbout')}
        checked={settings.clean}
        onChange={(event) => change({ clean: event.currentTarget.checked })}
      />
    </Stack>
  );
}

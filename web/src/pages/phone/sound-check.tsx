import { Alert, Button, Paper, Progress, Stack, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CallCard } from '../../phone/call-card.js';
import { IconCall } from '../../phone/icons.js';
import { LineBadge } from '../../phone/line-badge.js';
import { phone } from '../../phone/phone.js';
import { chosenMicrophone } from '../../phone/sound-devices.js';
import { SoundForm } from '../../phone/sound-form.js';
import { useLevel, usePhone } from '../../phone/use-phone.js';

/** The feature code of the line test is the operator's; this is what every installation begins with. */
const ECHO = '*43';

/** Does my microphone work, do I hear, and how do I sound to others? */
export default function SoundCheck() {
  const { t } = useTranslation('phone');
  const { line, calls } = usePhone();
  const [stream, setStream] = useState<MediaStream>();
  const [failed, setFailed] = useState(false);
  const { level } = useLevel(stream);
  const own = calls.filter(({ number }) => number === ECHO);
  useEffect(
    () => () => {
      for (const track of stream?.getTracks() ?? []) track.stop();
    },
    [stream],
  );
  const listen = async () => {
    setFailed(false);
    await navigator.mediaDevices
      .getUserMedia({ audio: chosenMicrophone() })
      .then(setStream, () => setFailed(true));
  };
  return (
    <Stack maw={480} mx="auto">
      <Title order={1} size="h2">
        {t('check.title')}
      </Title>
      <Paper withBorder p="md">
        <Stack>
          <Title order={2} size="h4">
            {t('check.microphone')}
          </Title>
          <Text size="sm">{t('check.microphoneAbout')}</Text>
          {failed && (
            <Alert color="red" variant="light" title={t('deaf.title')} role="alert">
              {t('deaf.text')}
            </Alert>
          )}
          <Progress
            value={level * 100}
            size="xl"
            aria-label={t('check.level')}
            data-level={level.toFixed(2)}
            color="teal.9"
          />
          <Button variant="light" onClick={() => void listen()}>
            {t('check.listen')}
          </Button>
        </Stack>
      </Paper>
      <Paper withBorder p="md">
        <Stack>
          <Title order={2} size="h4">
            {t('check.echo')}
          </Title>
          <Text size="sm">{t('check.echoAbout')}</Text>
          <LineBadge line={line} />
          {own.map((call) => (
            <CallCard key={call.id} call={call} others={[]} />
          ))}
          <Button
            leftSection={<IconCall />}
            disabled={line !== 'ready' || own.some(({ stage }) => stage !== 'ended')}
            onClick={() => phone.dial(ECHO)}
          >
            {t('check.hear')}
          </Button>
        </Stack>
      </Paper>
      <Paper withBorder p="md">
        <SoundForm />
      </Paper>
    </Stack>
  );
}

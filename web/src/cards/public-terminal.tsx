import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signedIn } from '../api/session.js';
import { keepPlace, keptPlace } from '../phone/place.js';
import { PlaceFields } from '../phone/place-fields.js';
import { useAction } from '../shared/action.js';
import { type Given, startTerminal } from './card-api.js';
import { CardWays } from './card-ways.js';
import { CardLeft } from './terminal-card.js';

/** Where nobody is signed in: first where this terminal stands (asked once), then the card. `left`: one has just gone elsewhere. */
export function PublicTerminal({ left, onIn }: { readonly left: boolean; readonly onIn: () => void }) {
  const { t } = useTranslation(['cards', 'phone']);
  const [place, setPlace] = useState(keptPlace);
  const [moving, setMoving] = useState(false);
  const startBy = async (given: Given | 'key') => {
    if (place !== undefined) await signedIn(await startTerminal(given, place));
  };
  const start = useAction((given: Given) => startBy(given), { onSuccess: onIn });
  const security = useAction(() => startBy('key'), { onSuccess: onIn });
  if (place === undefined || moving)
    return (
      <Stack>
        <Alert color="orange" variant="light" title={t('terminal.where')}>
          <Text size="sm">{t('terminal.whereAbout')}</Text>
        </Alert>
        <PlaceFields
          place={place}
          onPlace={(said) => {
            keepPlace(said);
            setPlace(said);
            setMoving(false);
          }}
        />
      </Stack>
    );
  return (
    <Stack data-public-terminal>
      {left && <CardLeft />}
      <CardWays give={start} security={security} />
      <Group justify="space-between" gap="xs">
        <Text size="sm">{t('terminal.stands', { number: place.locationNumber })}</Text>
        <Button variant="subtle" size="compact-sm" onClick={() => setMoving(true)}>
          {t('terminal.elsewhere')}
        </Button>
      </Group>
    </Stack>
  );
}

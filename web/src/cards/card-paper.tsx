import { Alert, Badge, Button, Group, NumberInput, Paper, Stack, Switch, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useAction } from '../shared/action.js';
import { ProblemAlert } from '../shared/states.js';
import { type Card, cardFile, changeCard, renewPin, revokeCard } from './card-api.js';
import { KeyList } from './key-list.js';

const COLOURS = { blank: 'gray.7', ready: 'gray.7', active: 'teal.9', revoked: 'red.9' } as const;

/** One card: its settings, its other shapes (file, QR code, key), and what to do when it is lost. */
export function CardPaper({ card }: { readonly card: Card }) {
  const { t } = useTranslation('cards');
  const queries = useQueryClient();
  const refresh = () => void queries.invalidateQueries({ queryKey: ['cards'] });
  const change = useAction((changes: Partial<Card>) => changeCard(card.id, changes), { onSuccess: refresh });
  const pin = useAction(() => renewPin(card.id));
  const file = useAction(() => cardFile(card.id));
  const revoke = useAction(() => revokeCard(card.id), { onSuccess: refresh });
  const usable = card.state === 'ready' || card.state === 'active';
  return (
    <Paper withBorder p="md" role="group" aria-label={t('card', { number: card.number })}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Text fw={600} ff="monospace">
            {card.number.replace(/(\d{4})(?=\d)/g, '$1 ')}
          </Text>
          <Badge color={COLOURS[card.state]}>{t(`state.${card.state}`)}</Badge>
        </Group>
        <ProblemAlert error={change.error ?? pin.error ?? file.error ?? revoke.error} />
        {usable && (
          <>
            <Switch
              label={t('instead')}
              description={t('insteadAbout')}
              checked={card.instead}
              onChange={(event) => change.start({ instead: event.currentTarget.checked })}
            />
            <NumberInput
              label={t('hours')}
              min={1}
              max={72}
              clampBehavior="strict"
              defaultValue={card.hours}
              onBlur={(event) => {
                const hours = Number(event.currentTarget.value);
                if (hours >= 1 && hours !== card.hours) change.start({ hours });
              }}
            />
            <Group>
              <Button variant="light" onClick={() => pin.start()} loading={pin.isPending}>
                {t('newPin')}
              </Button>
              <Button variant="light" onClick={() => file.start()} loading={file.isPending}>
                {t('makeFile')}
              </Button>
              <Button color="red.9" onClick={() => revoke.start()} loading={revoke.isPending}>
                {t('lost')}
              </Button>
            </Group>
            {pin.data !== undefined && (
              <Alert title={t('pinIs', { pin: pin.data.pin })} role="alert">
                {t('pinOnce')}
              </Alert>
            )}
            {file.data !== undefined && (
              <Stack gap="xs">
                <img
                  src={`data:image/svg+xml,${encodeURIComponent(file.data.svg)}`}
                  alt={t('qr')}
                  width={180}
                  height={180}
                />
                <Button
                  component="a"
                  variant="light"
                  href={URL.createObjectURL(new Blob([file.data.text], { type: 'text/plain' }))}
                  download={`anydial-${card.serial}.card`}
                >
                  {t('download')}
                </Button>
                <Text size="sm">{t('fileAbout')}</Text>
              </Stack>
            )}
            <KeyList cardId={card.id} />
          </>
        )}
      </Stack>
    </Paper>
  );
}

import { Alert, Button, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive } from '../api/live.js';
import { refreshSession } from '../api/session.js';
import { useAction } from '../shared/action.js';
import { IconCard } from '../shared/icons.js';
import { Loaded, ProblemAlert } from '../shared/states.js';
import { type CardIn, cardIn, type Given, putIn, putKeyIn, takeOut } from './card-api.js';
import { CardWays } from './card-ways.js';

const KEY = ['terminal-card'];

/**
 * This browser as a terminal: whose card is in, and how to put one in. `guest`: nobody is signed in but the card, so with it goes
 * everything (`onOut`: he took it out himself).
 */
export function TerminalCard({
  guest = false,
  onOut,
}: {
  readonly guest?: boolean;
  readonly onOut?: () => void;
}) {
  const { t, i18n } = useTranslation('cards');
  const queries = useQueryClient();
  const query = useQuery({ queryKey: KEY, queryFn: ({ signal }) => cardIn(signal) });
  const [left, setLeft] = useState(false);
  const refresh = () => void (guest ? refreshSession() : queries.invalidateQueries({ queryKey: KEY }));
  // While a card is in, this page hears that it has been put in elsewhere.
  useLive(query.data?.card == null ? undefined : '/v1/events?topics=terminal', {
    refused: refresh,
    events: {
      message: (told) => {
        if ((told as { type?: string }).type !== 'card.left') return;
        setLeft(true);
        refresh();
      },
    },
  });
  const out = useAction(takeOut, { onSuccess: () => (guest ? onOut?.() : refresh()) });
  return (
    <Loaded query={query}>
      {({ card }) => (
        <Stack>
          {left && card === null && <CardLeft />}
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
                {t('terminal.inAbout', {
                  until: new Date(card.expiresAt).toLocaleString(i18n.language, {
                    dateStyle: 'medium',
                    timeStyle: 'short',
                  }),
                })}
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

/** What who still sits there is told. */
export function CardLeft() {
  const { t } = useTranslation('cards');
  return (
    <Alert color="orange" variant="light" role="alert" title={t('terminal.left')}>
      {t('terminal.leftAbout')}
    </Alert>
  );
}

function PutIn({ onIn }: { readonly onIn: (now: CardIn) => void }) {
  const give = useAction((given: Given) => putIn(given), { onSuccess: onIn });
  const security = useAction(putKeyIn, { onSuccess: onIn });
  return <CardWays give={give} security={security} />;
}

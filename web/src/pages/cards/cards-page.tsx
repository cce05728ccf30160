import { Anchor, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { cards } from '../../cards/card-api.js';
import { CardPaper } from '../../cards/card-paper.js';
import { Empty, Loaded } from '../../shared/states.js';

/** One's own flash cards. */
export default function CardsPage() {
  const { t } = useTranslation('cards');
  const query = useQuery({ queryKey: ['cards'], queryFn: ({ signal }) => cards(signal) });
  return (
    <Stack>
      <Title order={1} size="h2">
        {t('title')}
      </Title>
      <Text>{t('about')}</Text>
      <Anchor component={Link} to="/terminal">
        {t('toTerminal')}
      </Anchor>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty text={t('none')} />
          ) : (
            <Stack>
              {items.map((card) => (
                <CardPaper key={card.id} card={card} />
              ))}
            </Stack>
          )
        }
      </Loaded>
    </Stack>
  );
}

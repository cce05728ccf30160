import { Badge, Button, Group, NumberInput, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useFormat } from '../../shared/format.js';
import { More } from '../../shared/more.js';
import { PageHead } from '../../shared/page-head.js';
import { usePages } from '../../shared/pages.js';
import { Empty, Loaded } from '../../shared/states.js';
import { basketOf, textOf } from './basket-text.js';
import { likelyCountry, useChoice } from './choice.js';
import { type Goods, useCatalogue } from './contract.js';
import { CountryChoice } from './country-choice.js';

export default function Terminals() {
  const { t } = useTranslation('shop');
  const catalogue = useCatalogue();
  return (
    <Stack maw={1080}>
      <PageHead title={t('terminals.title')} text={t('terminals.text')} />
      <Loaded query={catalogue}>{({ countries }) => <Shelf countries={countries} />}</Loaded>
    </Stack>
  );
}

/** The basket is the address: `?country=KR&desk-phone=2`. */
function Shelf({ countries }: { readonly countries: readonly string[] }) {
  const { t, i18n } = useTranslation('shop');
  const navigate = useNavigate();
  const [chosen, choose] = useChoice(['country', 'basket']);
  const country = chosen.country || likelyCountry(countries, navigator.languages);
  const basket = basketOf(chosen.basket);
  const goods = usePages('/v1/shop/goods', { lang: i18n.resolvedLanguage, country });
  const put = (id: string, count: number) => choose({ basket: textOf({ ...basket, [id]: count }), country });
  const some = Object.values(basket).some((count) => count > 0);
  return (
    <>
      <CountryChoice
        countries={countries}
        value={country}
        onChange={(code) => choose({ country: code, basket: '' })}
      />
      <Loaded query={goods}>
        {(items) =>
          items.length === 0 ? (
            <Empty text={t('terminals.none')} />
          ) : (
            <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
              {items.map((one) => (
                <Item
                  key={one.id}
                  goods={one}
                  count={basket[one.id] ?? 0}
                  onCount={(count) => put(one.id, count)}
                />
              ))}
            </SimpleGrid>
          )
        }
      </Loaded>
      <More {...goods} />
      <div>
        <Button
          disabled={!some}
          onClick={() =>
            void navigate(`/shop/basket?${new URLSearchParams({ country, basket: textOf(basket) })}`)
          }
        >
          {t('terminals.order')}
        </Button>
      </div>
    </>
  );
}

function Item({
  goods,
  count,
  onCount,
}: {
  readonly goods: Goods;
  readonly count: number;
  readonly onCount: (count: number) => void;
}) {
  const { t } = useTranslation('shop');
  const { money } = useFormat();
  const { title, text, price, currency, stock, most } = goods;
  return (
    <Paper withBorder p="md" component="article">
      <Stack gap="xs" h="100%">
        <Group justify="space-between" align="flex-start">
          <Title order={2} size="h4">
            {title}
          </Title>
          <Badge variant="light" color={stock === 'sold-out' ? 'gray' : stock === 'few' ? 'orange' : 'teal'}>
            {t(`stock.${stock}`)}
          </Badge>
        </Group>
        <Text size="sm" flex={1}>
          {text}
        </Text>
        <Text fw={600}>{money(price, currency)}</Text>
        <NumberInput
          label={t('terminals.count', { title })}
          min={0}
          max={most}
          clampBehavior="strict"
          allowDecimal={false}
          disabled={stock === 'sold-out'}
          value={count}
          onChange={(value) => onCount(Number(value) || 0)}
        />
      </Stack>
    </Paper>
  );
}

import { Anchor, Divider, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { NumberBar } from '../../number/number-bar.js';
import { IconCheck } from '../../shared/icons.js';
import { Section } from '../../shared/section.js';
import { Empty, Loaded } from '../../shared/states.js';
import { likelyCountry, useChoice } from './choice.js';
import { type Catalogue, hasOwnPage, OWN_PAGE, useCatalogue } from './contract.js';
import { HomeFinder } from './home-finder.js';
import { ProductPrices } from './product-prices.js';

export default function Home() {
  const { t } = useTranslation('shop');
  const catalogue = useCatalogue();
  const [chosen, choose] = useChoice(['country']);
  const countryOf = ({ countries }: Catalogue) =>
    chosen.country || likelyCountry(countries, navigator.languages);
  useEffect(() => {
    document.title = `Anydial · ${t('home.title')}`;
  }, [t]);
  return (
    <Stack gap="xl" maw={1160}>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl" verticalSpacing="md" className="hero">
        <Stack gap="md" justify="center">
          <Title order={1} className="headline">
            {t('home.title')}
          </Title>
          <Text size="lg">{t('home.lead')}</Text>
          <Stack component="ul" gap={6} m={0} p={0} style={{ listStyle: 'none' }}>
            {(['keep', 'free', 'minutes'] as const).map((why) => (
              <li key={why} className="with-icon">
                <IconCheck size={18} /> {t(`home.why.${why}`)}
              </li>
            ))}
          </Stack>
        </Stack>
        <Loaded query={catalogue}>
          {(found) => (
            <HomeFinder
              {...found}
              country={countryOf(found)}
              onCountry={(code) => choose({ country: code })}
            />
          )}
        </Loaded>
      </SimpleGrid>
      {catalogue.data && <Sold catalogue={catalogue.data} country={countryOf(catalogue.data)} />}
      <Divider />
      <Stack maw={480} gap="xs">
        <Title order={2} size="h3">
          {t('home.lookUp')}
        </Title>
        <NumberBar />
      </Stack>
      <Group component="footer" gap="md">
        {OWN_PAGE.map((id) => (
          <Anchor key={id} component={Link} to={`/about/${id}`} size="sm">
            {t(`about.${id}`)}
          </Anchor>
        ))}
      </Group>
    </Stack>
  );
}

function Sold({
  catalogue: { info, products },
  country,
}: {
  readonly catalogue: Catalogue;
  readonly country: string;
}) {
  const { t } = useTranslation('shop');
  const told = info.filter(({ id }) => !hasOwnPage(id));
  if (products.length === 0) return <Empty text={t('home.empty')} />;
  return (
    <>
      {told.length > 0 && (
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {told.map(({ id, title, text }) => (
            <Section key={id} title={title} text={text}>
              {null}
            </Section>
          ))}
        </SimpleGrid>
      )}
      <Stack>
        <Title order={2} size="h3">
          {t('home.prices')}
        </Title>
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          {products
            .filter((product) => product.country === country)
            .map((product) => (
              <ProductPrices key={product.id} product={product} />
            ))}
        </SimpleGrid>
      </Stack>
    </>
  );
}

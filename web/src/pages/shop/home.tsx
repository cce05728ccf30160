import { Button, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { NumberBar } from '../../number/number-bar.js';
import { Section } from '../../shared/section.js';
import { Loaded } from '../../shared/states.js';
import { useCatalogue } from './contract.js';
import { ProductPrices } from './product-prices.js';

export default function Home() {
  const { t } = useTranslation('shop');
  const catalogue = useCatalogue();
  useEffect(() => {
    document.title = `Anydial · ${t('home.title')}`;
  }, [t]);
  return (
    <Stack gap="xl" maw={1080}>
      <Stack gap="md" maw={640}>
        <Title order={1}>{t('home.title')}</Title>
        <Text size="lg">{t('home.lead')}</Text>
        <Group>
          <Button component={Link} to="/shop/personal" size="md">
            {t('home.personal')}
          </Button>
          <Button component={Link} to="/shop/company" size="md" variant="default">
            {t('home.company')}
          </Button>
        </Group>
      </Stack>
      <Stack maw={480}>
        <NumberBar />
      </Stack>
      <Loaded query={catalogue}>
        {({ info, products }) => (
          <>
            <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
              {info.map(({ id, title, text }) => (
                <Section key={id} title={title} text={text}>
                  {null}
                </Section>
              ))}
            </SimpleGrid>
            <Stack>
              <Title order={2} size="h3">
                {t('home.prices')}
              </Title>
              <SimpleGrid cols={{ base: 1, md: 2 }}>
                {products.map((product) => (
                  <ProductPrices key={product.id} product={product} />
                ))}
              </SimpleGrid>
            </Stack>
          </>
        )}
      </Loaded>
    </Stack>
  );
}

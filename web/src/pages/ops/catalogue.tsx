import { Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/format.js';
import { More } from '../../shared/more.js';
import { PageHead } from '../../shared/page-head.js';
import { usePages } from '../../shared/pages.js';
import { Empty, Loaded } from '../../shared/states.js';
import { inLanguage } from './catalogue-contract.js';
import { GoodsEditor } from './goods-editor.js';
import { ProductEditor } from './product-editor.js';

/** All that is sold, with its words and prices; orders that were made keep theirs. */
export default function Catalogue() {
  const { t } = useTranslation('ops');
  return (
    <Stack maw={960}>
      <PageHead title={t('catalogue.title')} text={t('catalogue.text')} />
      <Title order={2} size="h3">
        {t('catalogue.numbers')}
      </Title>
      <Products />
      <Title order={2} size="h3">
        {t('catalogue.goods')}
      </Title>
      <Goods />
    </Stack>
  );
}

function Products() {
  const { t, i18n } = useTranslation(['ops', 'shop']);
  const { money, country } = useFormat();
  const products = usePages('/v1/shop/products');
  return (
    <>
      <Loaded query={products}>
        {(items) =>
          items.length === 0 ? (
            <Empty text={t('catalogue.none')} />
          ) : (
            items.map((product) => (
              <Item
                key={product.id}
                title={inLanguage(product.title, i18n.resolvedLanguage ?? 'en')}
                about={[
                  country(product.country),
                  ...product.prices.map(
                    ({ tier, monthly }) => `${t(`shop:tier.${tier}`)} ${money(monthly, product.currency)}`,
                  ),
                ]}
                onSale={product.onSale}
              >
                {(done) => (
                  <ProductEditor
                    product={product}
                    onSaved={() => {
                      done();
                      void products.refetch();
                    }}
                  />
                )}
              </Item>
            ))
          )
        }
      </Loaded>
      <More {...products} />
    </>
  );
}

function Goods() {
  const { t, i18n } = useTranslation('ops');
  const { money } = useFormat();
  const goods = usePages('/v1/shop/stock');
  return (
    <>
      <Loaded query={goods}>
        {(items) =>
          items.length === 0 ? (
            <Empty text={t('catalogue.none')} />
          ) : (
            items.map((one) => (
              <Item
                key={one.id}
                title={inLanguage(one.title, i18n.resolvedLanguage ?? 'en')}
                about={[
                  t('catalogue.inStock', { count: one.inStock }),
                  ...one.prices.map(({ price, currency }) => money(price, currency)),
                ]}
                onSale={one.onSale}
              >
                {(done) => (
                  <GoodsEditor
                    goods={one}
                    onSaved={() => {
                      done();
                      void goods.refetch();
                    }}
                  />
                )}
              </Item>
            ))
          )
        }
      </Loaded>
      <More {...goods} />
    </>
  );
}

/** A line of the catalogue that opens to be edited. */
function Item({
  title,
  about,
  onSale,
  children,
}: {
  readonly title: string;
  readonly about: readonly string[];
  readonly onSale: boolean;
  readonly children: (done: () => void) => ReactNode;
}) {
  const { t } = useTranslation(['ops', 'app']);
  const [open, setOpen] = useState(false);
  return (
    <Paper withBorder p="md" component="article" aria-label={`${title} · ${about[0]}`}>
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Stack gap={2} miw={0}>
            <Group gap="xs">
              <Text fw={600}>{title}</Text>
              {!onSale && (
                <Badge variant="light" color="gray">
                  {t('catalogue.offSale')}
                </Badge>
              )}
            </Group>
            <Text size="sm" c="dimmed">
              {about.join(' · ')}
            </Text>
          </Stack>
          <Button
            variant="default"
            size="compact-sm"
            style={{ flexShrink: 0 }}
            aria-expanded={open}
            aria-label={`${t(open ? 'app:close' : 'edit')}: ${title}`}
            onClick={() => setOpen(!open)}
          >
            {t(open ? 'app:close' : 'edit')}
          </Button>
        </Group>
        {open && children(() => setOpen(false))}
      </Stack>
    </Paper>
  );
}

import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconSearch } from '../../shared/icons.js';
import { More } from '../../shared/more.js';
import { usePages } from '../../shared/pages.js';
import { Section } from '../../shared/section.js';
import { Empty, Loaded } from '../../shared/states.js';
import { useChoice } from './choice.js';
import { KeypadHint } from './keypad-hint.js';
import { OfferList } from './offer-list.js';
import { Verdict } from './verdict.js';

const MODES = ['exact', 'contains', 'starts', 'ends'] as const;

/** Free numbers that fit a pattern: digits, `?` for any digit, words by the keypad. A whole number is also judged by itself. */
export function NumberSearch({
  product,
  patternNeeded = false,
}: {
  readonly product: string;
  readonly patternNeeded?: boolean;
}) {
  const { t } = useTranslation('shop');
  const [{ pattern, mode }, choose] = useChoice(['pattern', 'mode']);
  const [typed, setTyped] = useState(pattern);
  const [typedMode, setTypedMode] = useState<string>(mode || 'exact');
  const whole = (mode || 'exact') === 'exact' && /^[0-9A-Za-z -]+$/.test(pattern);
  const query = {
    product,
    limit: 12,
    ...(pattern === '' ? {} : { pattern, mode: mode || 'exact' }),
  };
  const found = usePages('/v1/shop/numbers', query, !whole && (!patternNeeded || pattern !== ''));
  return (
    <Stack>
      <Section title={t('search.title')}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            choose({ pattern: typed.trim(), mode: typedMode });
          }}
        >
          <Stack gap="sm">
            <Group align="flex-end">
              <TextInput
                label={t('search.pattern')}
                description={t('search.hint')}
                value={typed}
                maxLength={20}
                autoCapitalize="characters"
                autoComplete="off"
                flex="1 1 240px"
                onChange={(event) => setTyped(event.currentTarget.value)}
              />
              <Select
                label={t('search.mode')}
                data={MODES.map((value) => ({ value, label: t(`search.mode.${value}`) }))}
                value={typedMode}
                allowDeselect={false}
                onChange={(value) => setTypedMode(value ?? 'exact')}
                w={200}
              />
              <Button type="submit" leftSection={<IconSearch size={18} />}>
                {t('search.submit')}
              </Button>
            </Group>
            <KeypadHint typed={typed} />
          </Stack>
        </form>
      </Section>
      {whole && pattern !== '' && <Verdict product={product} number={pattern.replace(/[ -]/g, '')} />}
      {!whole && (!patternNeeded || pattern !== '') && (
        <>
          <Text fw={600}>{t('search.found')}</Text>
          <Loaded query={found}>
            {(items) =>
              items.length === 0 ? (
                <Empty text={t('search.none')} />
              ) : (
                <OfferList product={product} offers={items} />
              )
            }
          </Loaded>
          <More {...found} />
        </>
      )}
    </Stack>
  );
}

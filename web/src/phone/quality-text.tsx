import { Text, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Quality } from './quality.js';

const COLOURS = { good: 'teal', fair: 'orange', poor: 'red' } as const;

/** How good the network is at this moment: a word, and the figures behind it. */
export function QualityText({ quality }: { readonly quality: Quality | undefined }) {
  const { t } = useTranslation('phone');
  if (quality === undefined) return null;
  const { level, lossPercent, jitterMs, roundTripMs } = quality;
  const figures = t('quality.figures', { loss: lossPercent, jitter: jitterMs, delay: roundTripMs ?? '–' });
  return (
    <Tooltip label={figures}>
      <Text size="sm" data-quality={level}>
        <Text span c={COLOURS[level]} aria-hidden="true">
          ●
        </Text>{' '}
        {t(`quality.${level}`)}{' '}
        <Text span size="xs">
          ({figures})
        </Text>
      </Text>
    </Tooltip>
  );
}

import '@mantine/charts/styles.css';
import { BarChart, LineChart } from '@mantine/charts';
import { Paper, SimpleGrid, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWording } from '../../customers/texts.js';
import { useKeyNames } from './key-names.js';
import type { Grouping, Report } from './types.js';

const MOST_BARS = 60;

/** Two pictures of the sums; the table below says the same in numbers, and is what keyboards and screen readers use. */
export function Charts({
  report,
  by,
  onChoose,
}: {
  readonly report: Report;
  readonly by: Grouping;
  readonly onChoose: (key: string) => void;
}) {
  const { t } = useTranslation('reports');
  const say = useWording();
  const nameOf = useKeyNames(by);
  const isTime = by === 'day' || by === 'week' || by === 'month';
  const sorted = isTime
    ? report.rows
    : report.rows.toSorted((a, b) => b.offered + b.calls - a.offered - a.calls);
  const data = (isTime ? sorted.slice(-MOST_BARS) : sorted.slice(0, MOST_BARS)).map((row) => ({
    key: row.key,
    name: nameOf(row),
    [t('answered')]: row.answered,
    [t('missed')]: row.offered - row.answered,
    [t('satisfaction')]: row.satisfaction,
  }));
  const Satisfaction = isTime ? LineChart : BarChart;
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} aria-hidden="true">
      <Paper withBorder p="md">
        <Title order={2} size="h5" mb="xs">
          {t('callsTo')}
        </Title>
        <BarChart
          h={260}
          data={data}
          dataKey="name"
          type="stacked"
          withLegend
          series={[
            { name: t('answered'), color: 'teal.7' },
            { name: t('missed'), color: 'orange.7' },
          ]}
          valueFormatter={(value) => say.number(value)}
          barProps={{ isAnimationActive: false, cursor: 'pointer' }}
          barChartProps={{
            accessibilityLayer: false,
            onClick: ({ activeTooltipIndex }) => {
              const chosen = data[Number(activeTooltipIndex)];
              if (chosen !== undefined) onChoose(String(chosen.key));
            },
          }}
        />
      </Paper>
      <Paper withBorder p="md">
        <Title order={2} size="h5" mb="xs">
          {t('satisfaction')}
        </Title>
        <Satisfaction
          h={260}
          data={data}
          dataKey="name"
          series={[{ name: t('satisfaction'), color: 'indigo.6' }]}
          yAxisProps={{ domain: [1, 5] }}
          valueFormatter={(value) => say.number(value, 2)}
          {...(isTime
            ? {
                connectNulls: true,
                lineProps: { isAnimationActive: false },
                lineChartProps: { accessibilityLayer: false },
              }
            : { barProps: { isAnimationActive: false }, barChartProps: { accessibilityLayer: false } })}
        />
      </Paper>
    </SimpleGrid>
  );
}

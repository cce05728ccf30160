import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { askBlob } from '../../api/http.js';
import { useAction } from '../../shared/action.js';
import { download } from '../../shared/download.js';
import { useFormat } from '../../shared/format.js';
import { More } from '../../shared/more.js';
import { PageHead } from '../../shared/page-head.js';
import { usePages } from '../../shared/pages.js';
import { Empty, Loaded, ProblemAlert } from '../../shared/states.js';

interface Invoice {
  readonly id: string;
  readonly kind: string;
  readonly number: string;
  readonly from: string;
  readonly to: string;
  readonly currency: string;
  readonly gross: string;
}

export default function Bills() {
  const { t } = useTranslation('member');
  const invoices = usePages('/v1/invoices');
  return (
    <Stack maw={760}>
      <PageHead title={t('bills.title')} text={t('bills.text')} />
      <Loaded query={invoices}>
        {(items) =>
          items.length === 0 ? (
            <Empty text={t('bills.none')} />
          ) : (
            items.map((invoice) => <Bill key={invoice.id} invoice={invoice} />)
          )
        }
      </Loaded>
      <More {...invoices} />
    </Stack>
  );
}

function Bill({ invoice }: { readonly invoice: Invoice }) {
  const { t } = useTranslation('member');
  const { money, date } = useFormat();
  const { id, number, from, to, gross, currency } = invoice;
  const saving = useAction((file: 'document.pdf' | 'lines.csv' | 'document.xml') =>
    download(askBlob(`GET /v1/invoices/${id}/${file}`), `${number}.${file.split('.')[1]}`),
  );
  return (
    <Paper withBorder p="sm" component="article" aria-label={number}>
      <Group justify="space-between">
        <Stack gap={2}>
          <Text fw={600}>{number}</Text>
          <Text size="sm" c="dimmed">
            {date(from)} – {date(to)}
          </Text>
        </Stack>
        <Text fw={600} className="digits">
          {money(gross, currency)}
        </Text>
      </Group>
      <ProblemAlert error={saving.error} />
      <Group gap="xs" mt="xs">
        <Button size="compact-sm" variant="light" onClick={() => saving.start('document.pdf')}>
          PDF
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => saving.start('lines.csv')}>
          {t('bills.lines')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => saving.start('document.xml')}>
          XML
        </Button>
      </Group>
    </Paper>
  );
}

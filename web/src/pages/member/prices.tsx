import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { askBlob } from '../../api/http.js';
import { useAction } from '../../shared/action.js';
import { download } from '../../shared/download.js';
import { PageHead } from '../../shared/page-head.js';
import { PriceTable } from '../../shared/price-table.js';
import { ProblemAlert } from '../../shared/states.js';

/** What his own calls cost a member. */
export default function Prices() {
  const { t } = useTranslation('prices');
  const saving = useAction((of: string) =>
    download(askBlob('GET /v1/price-list.csv', { query: { prefix: of } }), 'price-list.csv'),
  );
  return (
    <>
      <PageHead title={t('title')} text={t('text')} />
      <ProblemAlert error={saving.error} />
      <PriceTable
        path="/v1/price-list"
        actions={(prefix) => (
          <Button variant="default" onClick={() => saving.start(prefix)} loading={saving.isPending}>
            {t('file')}
          </Button>
        )}
      />
    </>
  );
}

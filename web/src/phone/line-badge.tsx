import { Badge, Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { phone } from './phone.js';
import type { LineState } from './state.js';

const COLOURS: Readonly<Record<LineState, string>> = {
  ready: 'teal.9',
  connecting: 'gray.7',
  off: 'gray.7',
  lost: 'orange.9',
  elsewhere: 'gray.7',
  'no-place': 'orange.9',
  refused: 'red.9',
};

/** Whether this browser can be called now; another tab that is the phone may be asked to let go. */
export function LineBadge({ line }: { readonly line: LineState }) {
  const { t } = useTranslation('phone');
  return (
    <Group gap="xs" role="status" data-line={line}>
      <Badge color={COLOURS[line]} variant="filled" autoContrast>
        {t(`line.${line}`)}
      </Badge>
      {line === 'elsewhere' && (
        <Button size="compact-sm" variant="light" onClick={() => phone.start({ insist: true })}>
          {t('line.here')}
        </Button>
      )}
    </Group>
  );
}

import { useTranslation } from 'react-i18next';
import { useWording } from '../../customers/texts.js';
import type { Grouping, Sums } from './types.js';

/** What people call a row. */
export function useKeyNames(by: Grouping): (row: Pick<Sums, 'key' | 'name'>) => string {
  const { t } = useTranslation('reports');
  const say = useWording();
  return ({ key, name }) => {
    if (key === '') return t('unknown');
    switch (by) {
      case 'country':
        return say.country(key);
      case 'language':
        return say.language(key);
      case 'day':
      case 'week':
        return say.day(key);
      case 'month':
        return new Date(`${key}T00:00:00`).toLocaleDateString(say.reader, {
          year: 'numeric',
          month: 'short',
        });
      case 'company':
        return name ?? (key === 'operator' ? t('house') : key.slice(0, 8));
      default:
        return name ?? t('none');
    }
  };
}

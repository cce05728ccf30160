import type { Area } from '../../app/area.js';
import { IconList } from '../../shared/icons.js';

/** One centre's view of all countries. */
export const reports: Area = {
  name: 'reports',
  pages: [
    {
      path: '/reports',
      load: () => import('./reports-page.js'),
      roles: ['operator', 'support', 'finance', 'company-admin', 'supervisor'],
      nav: { name: 'reports', icon: <IconList /> },
    },
  ],
};

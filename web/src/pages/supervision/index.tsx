import type { Area } from '../../app/area.js';
import { IconUser } from '../../shared/icons.js';

/** Queues and agents as they are now. */
export const supervision: Area = {
  name: 'supervision',
  pages: [
    {
      path: '/supervision',
      load: () => import('./supervision-page.js'),
      roles: ['supervisor', 'company-admin', 'operator'],
      nav: { name: 'supervision', icon: <IconUser /> },
    },
  ],
};

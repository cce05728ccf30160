import type { Area } from '../../app/area.js';
import { IconPhone } from '../../shared/icons.js';

/** What an agent works with. */
export const desk: Area = {
  name: 'desk',
  pages: [
    {
      path: '/desk',
      load: () => import('./desk-page.js'),
      roles: ['agent', 'supervisor'],
      nav: { name: 'desk', icon: <IconPhone /> },
    },
  ],
};

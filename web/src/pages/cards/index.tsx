import type { Area } from '../../app/area.js';
import { IconCard } from '../../shared/icons.js';

/** Flash cards: one's own, and this browser as a terminal for anybody's. */
export const cards: Area = {
  name: 'cards',
  pages: [
    {
      path: '/cards',
      load: () => import('./cards-page.js'),
      roles: ['member', 'company-admin'],
      nav: { name: 'cards', icon: <IconCard /> },
    },
    {
      path: '/terminal',
      load: () => import('./terminal-page.js'),
      roles: 'anyone',
      nav: { name: 'terminal', icon: <IconCard /> },
    },
  ],
};

import type { Area } from '../../app/area.js';
import { IconWorld } from '../../shared/icons.js';

/** Numbers on the web: open to everybody. */
export const number: Area = {
  name: 'number',
  pages: [
    { path: '/n', load: () => import('./number-bar-page.js'), roles: 'anyone' },
    {
      path: '/numbers',
      load: () => import('./own-numbers.js'),
      roles: ['member', 'company-admin'],
      nav: { name: 'own', icon: <IconWorld /> },
    },
    { path: '/n/:number', load: () => import('./number-page.js'), roles: 'anyone' },
  ],
};

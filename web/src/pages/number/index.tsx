import type { Area } from '../../app/area.js';

/** Numbers on the web: open to everybody. */
export const number: Area = {
  name: 'number',
  pages: [
    { path: '/n', load: () => import('./number-bar-page.js'), roles: 'anyone' },
    { path: '/n/:number', load: () => import('./number-page.js'), roles: 'anyone' },
  ],
};

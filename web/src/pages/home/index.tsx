import type { Area } from '../../app/area.js';
import { IconHome } from '../../shared/icons.js';

export const home: Area = {
  name: 'home',
  pages: [
    {
      path: '/',
      load: () => import('./home.js'),
      roles: 'anyone',
      nav: { name: 'home', icon: <IconHome /> },
    },
  ],
};

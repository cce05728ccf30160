import type { Area } from '../../app/area.js';
import { IconPhone } from '../../shared/icons.js';

const PHONES = ['member', 'agent', 'supervisor', 'company-admin'] as const;

/** The browser as a telephone. */
export const phone: Area = {
  name: 'phone',
  pages: [
    {
      path: '/phone',
      load: () => import('./phone-page.js'),
      roles: PHONES,
      nav: { name: 'phone', icon: <IconPhone /> },
    },
    { path: '/phone/check', load: () => import('./sound-check.js'), roles: PHONES },
  ],
};

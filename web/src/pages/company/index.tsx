import type { Area } from '../../app/area.js';
import { IconOut, IconPeople, IconWorld } from '../../shared/icons.js';

const roles = ['company-admin'] as const;

/** What a company's administrator sees beside his own pages. */
export const company: Area = {
  name: 'company',
  pages: [
    {
      path: '/company/people',
      load: () => import('./people.js'),
      roles,
      nav: { name: 'people', icon: <IconPeople /> },
    },
    {
      path: '/company/branches',
      load: () => import('./branches.js'),
      roles,
      nav: { name: 'branches', icon: <IconWorld /> },
    },
    {
      path: '/company/webhooks',
      load: () => import('./webhooks.js'),
      roles,
      nav: { name: 'webhooks', icon: <IconOut /> },
    },
  ],
};

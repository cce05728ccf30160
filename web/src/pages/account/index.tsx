import type { Area } from '../../app/area.js';

/** Signing in and what everybody has who is signed in. */
export const account: Area = {
  name: 'account',
  pages: [{ path: '/sign-in', load: () => import('./sign-in.js'), roles: 'anyone' }],
};

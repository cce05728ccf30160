import type { Area } from '../../app/area.js';

/** Signing up and in, and what everybody has who is signed in. */
export const account: Area = {
  name: 'account',
  pages: [
    { path: '/sign-in', load: () => import('./sign-in.js'), roles: 'anyone' },
    { path: '/sign-up', load: () => import('./sign-up.js'), roles: 'anyone' },
    { path: '/password-reset', load: () => import('./password-reset.js'), roles: 'anyone' },
    { path: '/invitations', load: () => import('./invitation.js'), roles: 'anyone' },
    { path: '/account', load: () => import('./settings.js'), roles: 'signed-in' },
  ],
};

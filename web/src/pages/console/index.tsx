import type { Area } from '../../app/area.js';
import {
  IconCheck,
  IconHome,
  IconList,
  IconOut,
  IconPhone,
  IconSearch,
  IconSettings,
  IconShield,
  IconUser,
  IconWallet,
  IconWorld,
} from '../../shared/icons.js';

const exchange = ['operator', 'support'] as const;
const money = ['operator', 'finance', 'approver'] as const;

/** The house's own people: what goes on, and what needs somebody. */
export const console: Area = {
  name: 'console',
  pages: [
    {
      path: '/console',
      load: () => import('./home.js'),
      roles: ['operator', 'finance', 'approver', 'support'],
      nav: { name: 'home', icon: <IconHome /> },
    },
    {
      path: '/console/calls',
      load: () => import('./calls.js'),
      roles: exchange,
      nav: { name: 'calls', icon: <IconPhone /> },
    },
    { path: '/console/calls/:callId', load: () => import('./trace.js'), roles: exchange },
    {
      path: '/console/network',
      load: () => import('./network.js'),
      roles: exchange,
      nav: { name: 'network', icon: <IconWorld /> },
    },
    { path: '/console/network/:trunkId', load: () => import('./trunk.js'), roles: exchange },
    {
      path: '/console/registrations',
      load: () => import('./registrations.js'),
      roles: exchange,
      nav: { name: 'registrations', icon: <IconUser /> },
    },
    {
      path: '/console/explain',
      load: () => import('./explain.js'),
      roles: exchange,
      nav: { name: 'explain', icon: <IconSearch /> },
    },
    {
      path: '/console/rate-decks',
      load: () => import('./decks.js'),
      roles: ['operator', 'finance', 'support', 'approver'],
      nav: { name: 'decks', icon: <IconList /> },
    },
    {
      path: '/console/rate-decks/:deckId',
      load: () => import('./deck.js'),
      roles: ['operator', 'finance', 'support', 'approver'],
    },
    {
      path: '/console/settlements',
      load: () => import('./settlements.js'),
      roles: money,
      nav: { name: 'settlements', icon: <IconWallet /> },
    },
    { path: '/console/settlements/:settlementId', load: () => import('./settlement.js'), roles: money },
    {
      path: '/console/alerts',
      load: () => import('./alerts.js'),
      roles: ['operator', 'finance', 'support'],
      nav: { name: 'alerts', icon: <IconShield /> },
    },
    {
      path: '/console/jobs',
      load: () => import('./jobs.js'),
      roles: ['operator'],
      nav: { name: 'jobs', icon: <IconSettings /> },
    },
    {
      path: '/console/webhooks',
      load: () => import('./webhooks.js'),
      roles: ['operator'],
      nav: { name: 'webhooks', icon: <IconOut /> },
    },
    {
      path: '/console/audit',
      load: () => import('./audit.js'),
      roles: ['operator', 'approver'],
      nav: { name: 'audit', icon: <IconShield /> },
    },
    {
      path: '/console/proposals',
      load: () => import('./proposals.js'),
      roles: money,
      nav: { name: 'proposals', icon: <IconCheck /> },
    },
  ],
};

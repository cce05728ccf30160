import type { Area } from '../../app/area.js';
import { IconBox, IconCart, IconHome, IconPeople, IconTag, IconUser } from '../../shared/icons.js';

/** What is sold, from the first look to a working number. */
export const shop: Area = {
  name: 'shop',
  pages: [
    {
      path: '/',
      load: () => import('./home.js'),
      roles: 'anyone',
      nav: { name: 'home', icon: <IconHome /> },
    },
    {
      path: '/shop/personal',
      load: () => import('./personal.js'),
      roles: 'anyone',
      nav: { name: 'personal', icon: <IconUser /> },
    },
    {
      path: '/shop/company',
      load: () => import('./company.js'),
      roles: 'anyone',
      nav: { name: 'company', icon: <IconPeople /> },
    },
    {
      path: '/shop/terminals',
      load: () => import('./terminals.js'),
      roles: 'anyone',
      nav: { name: 'terminals', icon: <IconBox /> },
    },
    {
      path: '/shop/tariff',
      load: () => import('./tariff.js'),
      roles: 'anyone',
      nav: { name: 'tariff', icon: <IconTag /> },
    },
    { path: '/about/:text', load: () => import('./about.js'), roles: 'anyone' },
    { path: '/shop/buy', load: () => import('./buy.js'), roles: 'signed-in' },
    { path: '/shop/basket', load: () => import('./basket.js'), roles: 'signed-in' },
    {
      path: '/shop/orders',
      load: () => import('./orders.js'),
      roles: 'signed-in',
      nav: { name: 'orders', icon: <IconCart /> },
    },
    { path: '/test-payments/:reference', load: () => import('./test-payment.js'), roles: 'signed-in' },
    { path: '/shop/orders/:orderId', load: () => import('./order.js'), roles: 'signed-in' },
  ],
};

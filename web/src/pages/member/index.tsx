import type { Area, PageEntry } from '../../app/area.js';
import {
  IconCheck,
  IconList,
  IconMail,
  IconPhone,
  IconSearch,
  IconSettings,
  IconShield,
  IconTag,
  IconVoicemail,
  IconWallet,
  IconWorld,
} from '../../shared/icons.js';

const roles = ['member', 'company-admin'] as const;
const page = (name: string, path: string, icon: PageEntry['nav'], load: PageEntry['load']): PageEntry => ({
  path: `/member/${path}`,
  load,
  roles,
  ...(icon === undefined ? {} : { nav: { ...icon, name } }),
});
const nav = (icon: NonNullable<PageEntry['nav']>['icon']) => ({ name: '', icon });

/** What a member has and sets: numbers, telephones, calls, money, identities. A company's administrator sees its branches too. */
export const member: Area = {
  name: 'member',
  pages: [
    page('numbers', 'numbers', nav(<IconWorld />), () => import('./numbers.js')),
    page('numberPage', 'numbers/:key/page', undefined, () => import('./number-page.js')),
    page('devices', 'devices', nav(<IconPhone />), () => import('./devices.js')),
    page('findMe', 'find-me', nav(<IconSearch />), () => import('./find-me.js')),
    page('settings', 'settings', nav(<IconSettings />), () => import('./call-settings.js')),
    page('calls', 'calls', nav(<IconList />), () => import('./calls.js')),
    page('voicemail', 'voicemail', nav(<IconVoicemail />), () => import('./voicemail.js')),
    page('identities', 'identities', nav(<IconCheck />), () => import('./identities.js')),
    page('wallet', 'wallet', nav(<IconWallet />), () => import('./wallet.js')),
    page('bills', 'bills', nav(<IconMail />), () => import('./bills.js')),
    page('prices', 'prices', nav(<IconTag />), () => import('./prices.js')),
    page('personal', 'personal-data', nav(<IconShield />), () => import('./personal-data.js')),
  ],
};

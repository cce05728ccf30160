import type { Area } from '../app/area.js';
import { account } from './account/index.js';
import { home } from './home/index.js';
import { phone } from './phone/index.js';

/** All pages there are, in the order of the navigation. A new area is a folder here, a line here, and its texts. */
export const areas: readonly Area[] = [home, account, phone];

import type { Area } from '../app/area.js';
import { account } from './account/index.js';
import { cards } from './cards/index.js';
import { centre } from './centre/index.js';
import { company } from './company/index.js';
import { console } from './console/index.js';
import { desk } from './desk/index.js';
import { member } from './member/index.js';
import { number } from './number/index.js';
import { ops } from './ops/index.js';
import { phone } from './phone/index.js';
import { reports } from './reports/index.js';
import { shop } from './shop/index.js';
import { supervision } from './supervision/index.js';

/** All pages there are, in the order of the navigation. A new area is a folder here, a line here, and its texts. */
export const areas: readonly Area[] = [
  console,
  ops,
  shop,
  member,
  company,
  desk,
  supervision,
  centre,
  reports,
  phone,
  cards,
  number,
  account,
];

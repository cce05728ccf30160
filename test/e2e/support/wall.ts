import type { LabAsterisk } from '../../lab/lab-asterisk.js';
import { roleNames } from '../../lab/lab-role.js';

/** How many calls have come to gateways, centres and carriers so far: what must not grow when nothing may leave. */
export const callsThatLeft = (lab: LabAsterisk): number =>
  roleNames.reduce((sum, name) => sum + lab.role(name).calls.items.length, 0);

import type { Role } from '../../api/session.js';
import type { Area } from '../../app/area.js';
import { IconSettings } from '../../shared/icons.js';

const roles: readonly Role[] = ['operator', 'company-admin', 'supervisor'];
const page = (path: string, load: Area['pages'][number]['load']) => ({ path, load, roles });

/** How a centre works: what whoever leads it sets up. */
export const centre: Area = {
  name: 'centre',
  pages: [
    {
      ...page('/centre/queues', () => import('./queues.js')),
      nav: { name: 'centre', icon: <IconSettings /> },
    },
    page('/centre/queues/:id', () => import('./queue.js')),
    page('/centre/agents', () => import('./agents.js')),
    page('/centre/words', () => import('./words.js')),
    page('/centre/mails', () => import('./mails.js')),
    page('/centre/campaigns', () => import('./campaigns.js')),
    page('/centre/recording', () => import('./recording.js')),
  ],
};

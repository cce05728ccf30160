import type { PageEvent } from '../../infra/http/events/page-event.js';
import { EVERY, type PageTopic } from '../../infra/http/events/page-topics.js';
import { type Owner, seenBy } from '../owner.js';

/** That deliveries were tried: a company hears of its own, the house of all. */
export const webhooksTopic: PageTopic = {
  name: 'webhooks',
  policy: 'webhooks.read',
  hear: (principal) => {
    const seen = seenBy(principal);
    return seen === undefined ? undefined : (seen.only ?? EVERY);
  },
};

export const deliveriesMoved = (owner: Owner): PageEvent => ({
  at: [{ topic: webhooksTopic.name, key: owner }],
  type: 'webhooks.changed',
  data: {},
});

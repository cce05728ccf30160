import { EVERY, type PageTopic } from '../infra/http/events/page-topics.js';
import { seenBy } from './owner.js';

/** `cases`, or `cases:<company>`: changes of a company's cases. */
export const casesTopic: PageTopic = {
  name: 'cases',
  policy: 'customers.read',
  hear: (principal, asked) => {
    const seen = seenBy(principal);
    if (seen === undefined) return undefined;
    if (seen.only === null) return asked ?? EVERY;
    return asked === undefined || asked === seen.only ? seen.only : undefined;
  },
};

/** `campaign-desk`: what becomes of the calls that one has asked for. */
export const campaignDeskTopic: PageTopic = {
  name: 'campaign-desk',
  policy: 'campaigns.call',
  hear: ({ accountId }, asked) => (asked === undefined || asked === accountId ? accountId : undefined),
};

import type { OpenServices } from './call-services.js';
import { q850 } from './domain/causes.js';

/** An exchange without services of its own: whoever is connected to one is told that it can't be had. */
export const noServices: OpenServices = (ended) => ({
  start: ({ id }) => ended(id, { q850: q850.facilityRejected }),
  stop: () => undefined,
  onEvent: () => undefined,
  look: () => Promise.resolve(),
});

import { z } from 'zod';

const kind = z.enum(['telephone', 'contact-number', 'carrier-number', 'email', 'domain']);

/** Somebody has proved that he controls it: `memberIds` are the members that he is, or looks after (none before he is registered). */
export const identityProved = z.object({
  proofId: z.uuid(),
  accountId: z.uuid(),
  memberIds: z.array(z.uuid()),
  kind,
  subject: z.string(),
});
export type IdentityProved = z.output<typeof identityProved>;

/** It is proved no longer: let go of, or somebody else's now. */
export const identityReleased = z.object({ memberIds: z.array(z.uuid()), kind, subject: z.string() });
export type IdentityReleased = z.output<typeof identityReleased>;

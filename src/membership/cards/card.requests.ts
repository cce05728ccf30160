import { z } from 'zod';

export const cardId = z.uuid();
export const changedCard = z
  .strictObject({
    label: z.string().trim().max(100),
    /** While it is active his own telephones are silent. */
    instead: z.boolean(),
    /** After so many hours it is off the terminal by itself. */
    hours: z.number().int().min(1).max(72),
  })
  .partial();
export const newCards = z.strictObject({ count: z.number().int().min(1).max(200) });
export const serial = z.string().regex(/^FC[0-9]{10}$/, 'must be a serial: FC and ten digits');
export const holder = z.strictObject({ memberId: z.uuid() });

const pin = z.string().regex(/^[0-9]{6}$/, 'must be six digits');
export const cardPutIn = z.union([
  z.strictObject({ number: z.string().regex(/^[0-9]{12}$/, 'must be twelve digits'), pin }),
  z.strictObject({ file: z.string().max(200), pin }),
]);

const text = z.string().max(8_000);
/** As @simplewebauthn/browser gives it; its contents are checked by the library against our challenge, origin and keys. */
const credential = {
  id: z.string().min(16).max(1_400),
  rawId: z.string().max(1_400),
  type: z.literal('public-key'),
  clientExtensionResults: z.record(z.string(), z.json()),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
};
export const registeredKey = z.strictObject({
  label: z.string().trim().max(100).default(''),
  response: z.strictObject({
    ...credential,
    response: z.strictObject({
      clientDataJSON: text,
      attestationObject: text,
      authenticatorData: text.optional(),
      transports: z.array(z.string().max(40)).max(10).optional(),
      publicKeyAlgorithm: z.number().optional(),
      publicKey: text.optional(),
    }),
  }),
});
export const provedKey = z.strictObject({
  response: z.strictObject({
    ...credential,
    response: z.strictObject({
      clientDataJSON: text,
      authenticatorData: text,
      signature: text,
      userHandle: text.optional(),
    }),
  }),
});

import { hash, verify } from '@node-rs/argon2';

/** As passwords are kept (OWASP's argon2id): a stolen table costs 19 MiB and two passes a guess. */
const argon2id = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPin = (pin: string): Promise<string> => hash(pin, argon2id);

/** Of nothing that anybody knows: looked at where there is no card, so that it takes as long. */
const nobodysHash = hashPin(crypto.randomUUID());

/** Whether the PIN code fits; takes the same time when there is no card. */
export async function pinFits(kept: string | undefined, pin: string): Promise<boolean> {
  const fits = await verify(kept ?? (await nobodysHash), pin);
  return fits && kept !== undefined;
}

import { hash, verify } from '@node-rs/argon2';

/** The library's default is argon2id; OWASP's first recommendation for it: 19 MiB, 2 passes, 1 lane. */
const argon2id = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password, argon2id);

/** Made at start-up, of nothing anybody knows: verified where there is no account, so that it takes as long. */
const nobodysHash = hashPassword(crypto.randomUUID());

/** Whether the password fits; takes the same time when there is no hash to fit. */
export async function passwordFits(storedHash: string | undefined, password: string): Promise<boolean> {
  const fits = await verify(storedHash ?? (await nobodysHash), password);
  return fits && storedHash !== undefined;
}

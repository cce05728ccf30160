import type { LabAsterisk } from '../../lab/lab-asterisk.js';
import type { LabPhone } from '../../lab/lab-phone.js';

/** Further phones of the seed, plugged in and registered. */
export async function registered(
  lab: LabAsterisk,
  ...accounts: readonly string[]
): Promise<readonly LabPhone[]> {
  const phones: LabPhone[] = [];
  for (const account of accounts) {
    const phone = await lab.samplePhone(account);
    const answer = await phone.register();
    if (answer.status !== 200) throw new Error(`${account} could not register: ${answer.raw}`);
    phones.push(phone);
  }
  return phones;
}

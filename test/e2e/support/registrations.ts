import { setTimeout as pause } from 'node:timers/promises';
import { loadConfig } from '../../../src/config.js';
import { AmiClient } from '../../../src/infra/ari/ami.js';
import { SipObjects } from '../../../src/infra/ari/sip-objects.js';
import { systemClock } from '../../../src/kernel/clock.js';

const LOOK_AGAIN_MS = 50;
const DEADLINE_MS = 10_000;
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * Resolves when the node has no registration of this account any more. Asterisk tells nobody when one is taken out of its
 * database, so this looks again and again.
 */
export async function registrationEnded(account: string): Promise<void> {
  const config = loadConfig();
  if (!config.ok) throw new Error(config.failure.message);
  const options = { deadlineMs: 5_000, pingMs: 15_000, backOff: { firstMs: 100, maxMs: 1_000 } };
  const ami = new AmiClient({ ...config.value.ami, ...options }, systemClock, quiet);
  const loggedIn = new Promise<void>((resolve) => ami.onLogin(resolve));
  ami.start();
  try {
    await loggedIn;
    const deadline = Date.now() + DEADLINE_MS;
    for (;;) {
      const found = await new SipObjects(ami).registered();
      if (found.ok && !found.value.has(account)) return;
      if (Date.now() > deadline) throw new Error(`${account} is still registered`);
      await pause(LOOK_AGAIN_MS);
    }
  } finally {
    ami.stop();
  }
}

import { setTimeout as pause } from 'node:timers/promises';
import { loadConfig } from '../../../src/config.js';
import { AsteriskConsole } from '../../../src/infra/ari/console.js';
import { SipObjects } from '../../../src/infra/ari/sip-objects.js';
import { systemClock } from '../../../src/kernel/clock.js';

const LOOK_AGAIN_MS = 50;
const DEADLINE_MS = 10_000;

/**
 * Resolves when the node has no registration of this account any more. Asterisk tells nobody when one is taken out of its
 * database, so this looks again and again.
 */
export async function registrationEnded(account: string): Promise<void> {
  const config = loadConfig();
  if (!config.ok) throw new Error(config.failure.message);
  const options = { path: config.value.controlSocket, deadlineMs: 5_000 };
  const objects = new SipObjects(new AsteriskConsole(options, systemClock));
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    const found = await objects.registered();
    if (found.ok && !found.value.has(account)) return;
    if (Date.now() > deadline) throw new Error(`${account} is still registered`);
    await pause(LOOK_AGAIN_MS);
  }
}

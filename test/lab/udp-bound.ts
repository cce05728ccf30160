import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_AGAIN_MS = 5;
const DEADLINE_MS = 5_000;

/**
 * Resolves when somebody has bound a UDP socket. SIPp tells nobody when it listens and the kernel sends no event for it,
 * so this looks at /proc/net/udp again and again.
 */
export async function udpBound(address: string, port: number, isGone: () => boolean): Promise<void> {
  const hex = (value: number, width: number) => value.toString(16).toUpperCase().padStart(width, '0');
  // The kernel prints the address as one number in the machine's byte order (little endian here).
  const reversed = address.split('.').reverse();
  const entry = ` ${reversed.map((byte) => hex(Number(byte), 2)).join('')}:${hex(port, 4)} `;
  const deadline = Date.now() + DEADLINE_MS;
  while (!(await readFile('/proc/net/udp', 'latin1')).includes(entry)) {
    if (isGone()) return;
    if (Date.now() > deadline) throw new Error(`nobody listens at ${address}:${port}`);
    await pause(LOOK_AGAIN_MS);
  }
}

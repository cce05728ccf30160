import { describe, expect, it } from '@jest/globals';
import { phoneSecret } from '../lab/phone-secret.js';
import { credentials, Sipp } from '../lab/sipp.js';
import { inWorld } from './support/world.js';

const B = '0262006200082';
const NOBODY = '6200-9999*082';
const world = inWorld();

/** A call to B that asks for a transfer to nobody, with one more header in its REFER. */
async function refers(header: string) {
  const { phoneB, exchange } = world;
  const { pid } = exchange;
  const secret = phoneSecret(process.env['LAB_PHONE_SECRET'] ?? '', 'lab-a');
  const caller = await Sipp.start({
    scenario: 'refers',
    local: { address: '127.0.0.12', port: 33_900 },
    remote: `${process.env['SIP_HOST']}:${process.env['SIP_PORT']}`,
    csv: [['lab-a', credentials('lab-a', secret), B, NOBODY]],
    keys: { header },
  });
  const arrived = await phoneB.incoming();
  await arrived.answer();
  const result = await caller.result;
  await arrived.ended();
  expect(exchange.pid).toBe(pid);
  return result;
}

describe('a REFER', () => {
  // Asterisk 22.10.1 as it is dies of it, and every call of the node with it (asterisk#2021): scripts/lib/asterisk.sh.
  it.each(['Refer-Sub: false', 'Refer-Sub: true', 'refer-sub:false', 'Subject: none'])(
    'with "%s" is answered 202, and told of by NOTIFY, and Asterisk lives',
    async (header) => {
      const { records } = world;
      const since = new Date();
      const { exitCode, errors, messages } = await refers(header);
      expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: '' });
      expect(messages.filter(({ method }) => method === 'NOTIFY').map(({ body }) => body.trim())).toEqual([
        'SIP/2.0 100 Trying',
        'SIP/2.0 603 Decline',
      ]);
      expect(await records.ended(since, 2)).toMatchObject([
        { device: 'lab-a', reason: 'hangup', endedBy: 'caller' },
        { device: 'lab-a', reason: 'unallocated-number' },
      ]);
    },
  );
});

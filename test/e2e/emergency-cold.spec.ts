import { describe, expect, it } from '@jest/globals';
import { header, uriOf } from '../lab/sip-message.js';
import { AskingCarrier, signsOff } from './support/asking-carrier.js';
import { freeze, killAsterisk } from './support/servers.js';
import { inWorld } from './support/world.js';

/** Where phone A stands, as the Korean gateway writes it. */
const LOCATION = '0262006100';
const COPIED = 'the copy of devices and trunks beside Asterisk is up to date';
/** Where a trunk of ours registers. */
const carrier = new AskingCarrier('s;e^cret');
const world = inWorld({
  rows: (db) => carrier.trunk(db, 'asking', 's;e^cret', '0262008001'),
  noRows: async (db) => {
    await db.query(`DELETE FROM trunk WHERE id = 'asking'`);
    carrier.close();
  },
});

/** A dials for help, and the gateway answers; then A hangs up. */
async function callForHelp(): Promise<void> {
  const { lab, phoneA } = world;
  const call = await phoneA.dial('119');
  const arrived = await lab.role('gw-kr').incoming();
  const invite = await arrived.invite();
  expect(uriOf(invite.requestUri ?? '').user).toBe('119');
  expect(uriOf(header(invite, 'from') ?? '').user).toBe(LOCATION);
  await Promise.all([call.answered(), arrived.answered()]);
  await call.hangup();
  await Promise.all([call.ended(), arrived.ended()]);
}

/** With nothing cached: `./anydial` starts it again at once. */
async function startAsteriskAnew(): Promise<void> {
  const back = world.exchange.reconnected();
  killAsterisk();
  await back;
}

describe('PostgreSQL is frozen, and Asterisk has just started: it has cached nothing', () => {
  it('a call for help goes out, with the exchange and without it, and so does a registration', async () => {
    const { exchange, phoneA, records } = world;
    await exchange.hasSaid(COPIED);
    await records.trunkIs('asking', 'registered');
    const since = new Date();
    const before = carrier.judged.items.length;
    const thaw = freeze('postgres');
    try {
      await startAsteriskAnew();
      await callForHelp();
      await startAsteriskAnew();
      await exchange.kill();
      await callForHelp();
      await phoneA.unregister();
      expect(await phoneA.register()).toMatchObject({ status: 200 });
      // Our trunks too are registered again, from the copy, and none is signed off for want of its row.
      await carrier.judged.first('registered', ({ status }) => status === 200, { since: before });
      expect(carrier.judged.items.filter(({ request }) => signsOff(request))).toEqual([]);
    } finally {
      thaw();
    }
    await exchange.start();
    const [kept] = await records.ended(since, 1, 20_000);
    expect(kept).toMatchObject({ dialled: '119', reason: 'hangup', calling: '+82262006100' });
  });
});

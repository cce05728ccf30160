import { describe, expect, it } from '@jest/globals';
import { header, uriOf } from '../lab/sip-message.js';
import { hearEachOther, ringing } from './support/talk.js';
import { expectWireTime } from './support/wire-time.js';
import { inWorld } from './support/world.js';

const world = inWorld();

describe('phone A dials the PIN of phone B', () => {
  it.each(['02-6200-6200-082', '0262006200*082', '0262006200082'])(
    'as %s: B rings, answers, both hear each other, B hangs up, and the record says so',
    async (dialled) => {
      const { phoneA, phoneB, records } = world;
      const since = new Date();
      const { call, arrived } = await ringing(phoneA, phoneB, dialled);
      expect(uriOf(header(await arrived.invite(), 'from') ?? '').user).toBe('0262006100082');
      await arrived.answer();
      await Promise.all([call.answered(), arrived.answered()]);
      await hearEachOther({ call, arrived });
      await arrived.hangup();
      const [heard, said] = await Promise.all([call.ended(), arrived.ended()]);
      expect(heard).toMatchObject({ by: 'far', how: 'hungup', sip: 200, cause: 16 });

      const record = await records.only(since);
      expect(record).toMatchObject({
        origin: 'member',
        device: 'lab-a',
        dialled,
        reading: 'pin',
        called: '0262006200082',
        calling: '0262006100082',
        endedBy: 'callee',
        reason: 'hangup',
        q850: 16,
        sip: null,
        billable: true,
        legs: [
          {
            attempt: 1,
            kind: 'device',
            target: 'lab-b',
            called: '0262006200082',
            calling: '0262006100082',
            q850: 16,
          },
        ],
      });
      expectWireTime(record.startedAt, (await call.invite()).at);
      expectWireTime(record.ringingAt, await call.ringing());
      expectWireTime(record.answeredAt, await call.answered());
      expectWireTime(record.endedAt, said.at);
      const [leg] = record.legs;
      expectWireTime(leg?.createdAt ?? null, (await arrived.invite()).at);
      expectWireTime(leg?.ringingAt ?? null, await arrived.ringing());
      expectWireTime(leg?.answeredAt ?? null, await arrived.answered());
      expectWireTime(leg?.endedAt ?? null, said.at);
    },
  );
});

import { describe, expect, it } from '@jest/globals';
import { talking } from './support/talk.js';
import { inWorld } from './support/world.js';

const B = '0262006200082';
const world = inWorld();

describe('keys pressed in a call', () => {
  it('pass as events (RFC 4733), all sixteen, in order, both ways', async () => {
    const { phoneA, phoneB, records } = world;
    const since = new Date();
    const { call, arrived } = await talking(phoneA, phoneB, B);
    await call.sendDtmf('0123456789*#ABCD');
    await arrived.hearsDtmf('0123456789*#ABCD');
    await arrived.sendDtmf('11#');
    await call.hearsDtmf('11#');
    await call.hangup();
    await Promise.all([call.ended(), arrived.ended()]);
    await records.only(since);
  });

  it('and are offered as such: telephone-event in the SDP, at 8 and at 48 kHz', async () => {
    const { phoneA, phoneB, records } = world;
    const since = new Date();
    const { call, arrived } = await talking(phoneA, phoneB, B);
    const offer = await arrived.invite();
    expect(offer.body).toMatch(/^a=rtpmap:\d+ telephone-event\/8000\r?$/m);
    expect(offer.body).toMatch(/^a=rtpmap:\d+ telephone-event\/48000\r?$/m);
    await call.hangup();
    await Promise.all([call.ended(), arrived.ended()]);
    await records.only(since);
  });
});

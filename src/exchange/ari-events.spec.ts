import { describe, expect, it } from '@jest/globals';
import type { AriEvent, ChannelSnapshot } from '../infra/ari/ari.port.js';
import { newsOf } from './ari-events.js';
import { legChannelOf, playbackOf } from './domain/ids.js';

const at = new Date('2026-01-01T00:00:00.123Z');
const time = at.getTime();
const CALL = '01a208cc-1d71-75a6-a3d3-3ce9009fb67d';
const LEG = legChannelOf(CALL, 2, 1);
const channel = (id: string, exten = '0262006200082'): ChannelSnapshot => ({
  id,
  name: 'PJSIP/lab-a-0000002f',
  state: 'Ring',
  createdAt: at,
  callerNumber: '1001',
  callerName: 'A',
  language: 'en',
  context: 'members',
  exten,
  protocolId: 'x',
  vars: {},
  inApp: true,
});
const start = (args: readonly string[], id = 'caller', exten?: string): AriEvent => ({
  type: 'stasis.start',
  at,
  channel: channel(id, exten),
  args,
});

describe('newsOf', () => {
  it("reads a member's device from what the dialplan passes on", () => {
    expect(newsOf(start(['members', 'KR', '', 'dev', 'mem', '02', '+82262006100']))).toMatchObject({
      kind: 'arrival',
      arrival: {
        channelCreatedAt: time,
        at: time,
        dialled: '0262006200082',
        origin: {
          kind: 'member',
          memberId: 'mem',
          deviceId: 'dev',
          country: 'KR',
          area: '02',
          location: '+82262006100',
          username: 'lab-a',
        },
      },
    });
  });

  it('reads a trunk, and leaves out what is empty', () => {
    expect(newsOf(start(['trunks', 'KR', 'gw-kr']))).toMatchObject({
      arrival: { origin: { kind: 'trunk', trunkId: 'gw-kr', country: 'KR' } },
    });
    expect(newsOf(start(['members', 'KR', '', 'dev', 'mem', '', '']))).toMatchObject({
      arrival: { origin: expect.not.objectContaining({ area: expect.anything() }) },
    });
  });

  it('reads what became of the signature of a call from a trunk where callers are verified', () => {
    const by = (...found: readonly string[]) =>
      newsOf(start(['trunks', 'US', 'gw-us', '', '', '', ...found]));
    expect(by('success', 'B')).toMatchObject({ arrival: { origin: { identity: 'B' } } });
    expect(by('signature_validation', 'A')).toMatchObject({
      arrival: { origin: { identity: 'signature_validation' } },
    });
    expect(by('', '')).toMatchObject({ arrival: { origin: { identity: 'unchecked' } } });
    expect(by()).toMatchObject({
      arrival: { origin: expect.not.objectContaining({ identity: expect.anything() }) },
    });
  });

  it.each([
    [[]],
    [['members']],
    [['members', 'KR']],
    [['members', 'KR', '', 'dev']],
    [['members', '', '', 'dev', 'mem']],
  ])('takes a channel for a stranger that says %j of itself', (args) => {
    expect(newsOf(start(args))).toMatchObject({ kind: 'stranger', channel: 'caller' });
  });

  it("takes whoever has taken another's place for a stranger, whatever he says of himself", () => {
    const args = ['members', 'KR', '', 'dev', 'mem', '', '', ''];
    expect(newsOf(start(args))).toMatchObject({ kind: 'arrival' });
    const thief = { type: 'stasis.start', at, channel: channel('caller'), args, replaces: LEG } as const;
    expect(newsOf(thief)).toMatchObject({ kind: 'stranger', channel: 'caller', replaced: LEG });
  });

  it('keeps a dialled string that PostgreSQL can store and that is not too long', () => {
    const news = newsOf(start(['trunks', 'KR', 'gw'], 'caller', `1\0${'9'.repeat(400)}`));
    expect(news).toMatchObject({ arrival: { dialled: `1${'9'.repeat(255)}` } });
  });

  it("finds a leg's call in its name", () => {
    const told = (event: AriEvent) => newsOf(event);
    expect(told(start(['leg'], LEG))).toEqual({
      kind: 'leg',
      callId: CALL,
      event: { type: 'leg.created', leg: LEG, at: time },
    });
    expect(told({ type: 'dial', at, channelId: LEG, status: 'RINGING' })).toMatchObject({
      event: { type: 'leg.ringing' },
    });
    expect(told({ type: 'dial', at, channelId: LEG, status: 'PROGRESS' })).toMatchObject({
      event: { type: 'leg.progress' },
    });
    expect(told({ type: 'dial', at, channelId: LEG, status: 'ANSWER' })).toMatchObject({
      event: { type: 'leg.answered' },
    });
    expect(told({ type: 'channel.state', at, channelId: LEG, state: 'Up' })).toMatchObject({
      event: { type: 'leg.answered' },
    });
    expect(told({ type: 'channel.destroyed', at, channelId: LEG, cause: 17, techCause: 486 })).toMatchObject({
      event: { type: 'leg.ended', q850: 17, sip: 486, at: time },
    });
  });

  it("takes the caller's leaving the application for his end, and a leg's for nothing", () => {
    expect(newsOf({ type: 'stasis.end', at, channelId: 'caller' })).toEqual({
      kind: 'caller',
      channel: 'caller',
      event: { type: 'caller.ended', at: time },
    });
    expect(newsOf({ type: 'stasis.end', at, channelId: LEG })).toBeUndefined();
    expect(newsOf({ type: 'dial', at, channelId: LEG, status: 'BUSY' })).toBeUndefined();
    expect(newsOf({ type: 'channel.state', at, channelId: 'caller', state: 'Ringing' })).toBeUndefined();
  });

  it('tells when the caller was answered, and when an announcement to him is over', () => {
    expect(newsOf({ type: 'channel.state', at, channelId: 'caller', state: 'Up' })).toEqual({
      kind: 'caller',
      channel: 'caller',
      event: { type: 'caller.answered', at: at.getTime() },
    });
    const finished = { type: 'playback.finished', at, failed: false } as const;
    expect(newsOf({ ...finished, playbackId: playbackOf(CALL) })).toEqual({
      kind: 'leg',
      callId: CALL,
      event: { type: 'announcement.ended', failed: false },
    });
    expect(newsOf({ ...finished, playbackId: `${CALL}.s1` })).toBeUndefined();
  });
});

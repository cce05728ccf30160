import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeEvent, USED_EVENTS } from './decode.js';

/** As Asterisk 22.10.1 sent it. */
const channel = {
  id: '1795440208.0',
  name: 'PJSIP/phonea-00000000',
  state: 'Ring',
  protocol_id: 'quxx2kde@127.0.0.10',
  caller: { name: 'Alice', number: '62006200001' },
  connected: { name: '', number: '' },
  accountcode: '',
  dialplan: { context: 'members', exten: '0262001234', priority: 1, app_name: 'Stasis', app_data: 'lab' },
  creationtime: '2026-11-23T13:23:28.048+0000',
  language: 'en',
  channelvars: { CALL: 'c1' },
};
const timestamp = '2026-11-23T13:23:28.079+0900';
const at = new Date('2026-11-23T04:23:28.079Z');
const from = (event: object) => decodeEvent({ timestamp, application: 'lab', ...event });
const eventOf = (event: object) => {
  const decoded = from(event);
  return decoded.kind === 'event' ? decoded.event : decoded;
};

describe('a StasisStart', () => {
  it('becomes stasis.start with the whole channel', () => {
    expect(eventOf({ type: 'StasisStart', args: ['inbound', '0262001234'], channel })).toEqual({
      type: 'stasis.start',
      at,
      args: ['inbound', '0262001234'],
      channel: {
        id: '1795440208.0',
        name: 'PJSIP/phonea-00000000',
        state: 'Ring',
        createdAt: new Date('2026-11-23T13:23:28.048Z'),
        callerNumber: '62006200001',
        callerName: 'Alice',
        language: 'en',
        context: 'members',
        exten: '0262001234',
        protocolId: 'quxx2kde@127.0.0.10',
        vars: { CALL: 'c1' },
        inApp: true,
      },
    });
  });

  it('keeps only variables that are text', () => {
    const event = eventOf({
      type: 'StasisStart',
      args: [],
      channel: { ...channel, channelvars: { A: 'a', B: 1, C: null } },
    });
    expect(event).toMatchObject({ channel: { vars: { A: 'a' } } });
  });

  it.each([
    ['no id', { id: undefined }],
    ['an empty id', { id: '' }],
    ['a time that is none', { creationtime: 'yesterday' }],
    ['a time that cannot be', { creationtime: '2026-13-45T99:99:99.000+0000' }],
    ['no state', { state: 7 }],
  ])('is malformed with %s', (_, broken) => {
    expect(from({ type: 'StasisStart', args: [], channel: { ...channel, ...broken } })).toEqual({
      kind: 'malformed',
      type: 'StasisStart',
    });
  });

  it('is malformed with arguments that are not text', () => {
    expect(from({ type: 'StasisStart', args: ['a', 1], channel }).kind).toBe('malformed');
  });
});

describe('other events', () => {
  it.each([
    [
      { type: 'StasisEnd', channel },
      { type: 'stasis.end', at, channelId: channel.id },
    ],
    [
      { type: 'ChannelStateChange', channel: { ...channel, state: 'Up' } },
      { type: 'channel.state', at, channelId: channel.id, state: 'Up' },
    ],
    [
      { type: 'ChannelStateChange', channel: { ...channel, state: 'Levitating' } },
      { type: 'channel.state', at, channelId: channel.id, state: 'Unknown' },
    ],
    [
      { type: 'Dial', peer: channel, dialstatus: '' },
      { type: 'dial', at, channelId: channel.id, status: '' },
    ],
    [
      { type: 'Dial', peer: channel, caller: { ...channel, id: 'a' }, dialstatus: 'RINGING' },
      { type: 'dial', at, channelId: channel.id, callerId: 'a', status: 'RINGING' },
    ],
    [
      { type: 'ChannelDestroyed', channel, cause: 17, cause_txt: 'User busy', tech_cause: 486 },
      { type: 'channel.destroyed', at, channelId: channel.id, cause: 17, techCause: 486 },
    ],
    [
      { type: 'ChannelDestroyed', channel, cause: 16, cause_txt: 'Normal Clearing' },
      { type: 'channel.destroyed', at, channelId: channel.id, cause: 16 },
    ],
    [
      { type: 'ChannelHangupRequest', channel, cause: 16 },
      { type: 'channel.hanging', at, channelId: channel.id },
    ],
    [
      { type: 'ChannelDtmfReceived', channel, digit: '#', duration_ms: 120 },
      { type: 'dtmf', at, channelId: channel.id, digit: '#', durationMs: 120 },
    ],
    [
      { type: 'ChannelHold', channel },
      { type: 'hold', at, channelId: channel.id, held: true },
    ],
    [
      { type: 'ChannelUnhold', channel },
      { type: 'hold', at, channelId: channel.id, held: false },
    ],
    [
      { type: 'PlaybackFinished', playback: { id: 'p1', state: 'done' } },
      { type: 'playback.finished', at, playbackId: 'p1', failed: false },
    ],
    [
      { type: 'PlaybackFinished', playback: { id: 'p1', state: 'failed' } },
      { type: 'playback.finished', at, playbackId: 'p1', failed: true },
    ],
    [
      { type: 'RecordingFinished', recording: { name: 'voicemail/m/1', state: 'done' } },
      { type: 'recording.finished', at, recording: 'voicemail/m/1', failed: false },
    ],
    [
      { type: 'RecordingFailed', recording: { name: 'voicemail/m/1', state: 'failed' } },
      { type: 'recording.finished', at, recording: 'voicemail/m/1', failed: true },
    ],
  ])('%j', (raw, expected) => {
    expect(eventOf(raw)).toEqual(expected);
  });

  it.each(USED_EVENTS.filter((type) => type !== 'ApplicationReplaced'))(
    '%s without its subject is malformed, not thrown',
    (type) => {
      expect(from({ type })).toEqual({ kind: 'malformed', type });
    },
  );

  it('an event without a time is malformed', () => {
    expect(decodeEvent({ type: 'StasisEnd', channel }).kind).toBe('malformed');
  });

  it('events that no call needs are named, so that a filter out of force is noticed', () => {
    expect(from({ type: 'ChannelVarset', channel })).toEqual({ kind: 'unused', type: 'ChannelVarset' });
    expect(from({ type: 'constructor' })).toEqual({ kind: 'unused', type: 'constructor' });
  });

  it('another exchange taking over is told apart', () => {
    expect(from({ type: 'ApplicationReplaced' })).toEqual({ kind: 'replaced' });
    expect(USED_EVENTS).toContain('ApplicationReplaced');
  });
});

describe('hostile input', () => {
  const kinds = ['event', 'replaced', 'unused', 'malformed'];

  it('anything that JSON can say gets an answer', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => kinds.includes(decodeEvent(value).kind)));
  });

  it('so does a known event with anything in its fields', () => {
    const anything = fc.oneof(fc.jsonValue(), fc.constant(channel));
    const event = fc.record({
      type: fc.constantFrom(...USED_EVENTS),
      timestamp: fc.oneof(fc.constant(timestamp), fc.jsonValue()),
      channel: anything,
      peer: anything,
      args: anything,
      playback: anything,
      cause: anything,
      digit: anything,
      dialstatus: anything,
    });
    fc.assert(fc.property(event, (value) => kinds.includes(decodeEvent(value).kind)));
  });
});

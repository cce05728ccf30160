import { describe, expect, it } from '@jest/globals';
import type { AriOutcome } from './ari.port.js';
import { type Listings, snapshotOf } from './snapshot.js';

const done = (value: unknown): AriOutcome<unknown> => ({ kind: 'done', value });
const channel = (id: string) => ({
  id,
  name: `PJSIP/a-${id}`,
  state: 'Up',
  creationtime: '2026-11-23T13:23:28.048+0000',
});
const bridge = (id: string, bridge_class: string, channels: string[], name = '') => ({
  id,
  bridge_class,
  channels,
  name,
});
const good: Listings = {
  channels: done([channel('1'), channel('2')]),
  bridges: done([
    bridge('b', 'stasis', ['1']),
    bridge('d', 'basic', ['2']),
    bridge('o', 'stasis', [], 'other'),
    bridge('l', 'stasis', [], 'lab'),
  ]),
  application: done({ name: 'lab', channel_ids: ['1'], bridge_ids: [] }),
  info: done({ status: { startup_time: '2026-11-23T13:21:50.950+0000' } }),
};

describe('a snapshot', () => {
  it('tells our channels from others, and leaves bridges of the dialplan and of other exchanges out', () => {
    const snapshot = snapshotOf(good, 'lab');
    expect(snapshot).toMatchObject({
      kind: 'done',
      value: {
        startedAt: new Date('2026-11-23T13:21:50.950Z'),
        channels: [
          { id: '1', inApp: true },
          { id: '2', inApp: false },
        ],
      },
    });
    expect(snapshot.kind === 'done' && snapshot.value.bridges.map((one) => one.id)).toEqual(['b', 'l']);
  });

  it('an application unknown to Asterisk has no channels', () => {
    const snapshot = snapshotOf({ ...good, application: { kind: 'gone', status: 404, message: '' } }, 'lab');
    expect(snapshot.kind === 'done' && snapshot.value.channels.filter((one) => one.inApp)).toEqual([]);
  });

  it.each(['channels', 'bridges', 'application', 'info'] as const)(
    'half a picture (no %s) is none',
    (part) => {
      expect(snapshotOf({ ...good, [part]: { kind: 'unknown', message: 'late' } }, 'lab').kind).toBe(
        'unknown',
      );
    },
  );

  it.each([
    ['a channel without an id', { channels: done([{ ...channel('1'), id: 1 }]) }],
    ['channels that are no list', { channels: done({}) }],
    ['a bridge without members', { bridges: done([{ id: 'b', bridge_class: 'stasis' }]) }],
    ['no start time', { info: done({}) }],
    ['no channel ids', { application: done({}) }],
  ])('%s makes it unknown, not wrong', (_, part) => {
    expect(snapshotOf({ ...good, ...part }, 'lab').kind).toBe('unknown');
  });
});

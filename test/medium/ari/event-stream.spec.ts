import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { WebSocket } from 'ws';
import type { AriStreamHandler } from '../../../src/infra/ari/ari.port.js';
import { live, MAX_WAIT_MS, PASSWORD, retrying, StreamFixture } from './stream-fixture.js';

let world: StreamFixture;
beforeEach(async () => {
  world = await StreamFixture.make();
});
afterEach(() => world.end());

describe('a connection', () => {
  it('asks for one application with the password out of sight, filters, resyncs, then delivers', async () => {
    const coming = once(world.fake, 'event-socket');
    world.start();
    const [socket, request] = (await coming) as [WebSocket, IncomingMessage];
    await world.record.seen(live);
    socket.send(world.ended('a'));
    await world.record.seen('event stasis.end a');
    expect(world.record.lines.map((line) => line.split(' {')[0])).toEqual([
      'filter',
      'connected',
      live,
      'event stasis.end a',
    ]);
    expect(request.url).toBe('/ari/events?app=exchange&subscribeAll=false');
    expect(request.headers.authorization).toBe(`Basic ${Buffer.from(`lab:${PASSWORD}`).toString('base64')}`);
    expect(world.stats).toMatchObject({ live: true, connects: 1, messages: 1, eventsHandled: 1 });
  });

  it('holds events back until the resync is done and then delivers them in order', async () => {
    const resync = Promise.withResolvers<void>();
    const coming = world.fake.nextEventSocket();
    world.start({ onConnected: () => resync.promise });
    const socket = await coming;
    await world.record.seen('connected');
    for (const id of ['1', '2', '3']) socket.send(world.ended(id));
    socket.ping();
    await once(socket, 'pong');
    expect(world.record.count('event')).toBe(0);
    expect(world.stats.eventsHeld).toBe(3);
    resync.resolve();
    await world.record.seen(live);
    socket.send(world.ended('4'));
    await world.record.seen('event stasis.end 4');
    expect(world.record.lines.filter((line) => line.startsWith('event'))).toEqual(
      ['1', '2', '3', '4'].map((id) => `event stasis.end ${id}`),
    );
    expect(world.stats.eventsHeld).toBe(0);
  });

  it('outlives nonsense, events of no use and malformed ones, and counts them', async () => {
    const socket = await world.startLive();
    socket.send('{not json');
    socket.send('null');
    socket.send(Buffer.from([0xff, 0x00]));
    socket.send(JSON.stringify({ type: 'StasisEnd', timestamp: 'never', channel: { id: 'x' } }));
    socket.send(JSON.stringify({ type: 'ChannelVarset', timestamp: '' }));
    socket.send(world.ended('after'));
    await world.record.seen('event stasis.end after');
    expect(world.stats).toMatchObject({ messages: 6, eventsHandled: 1, eventsMalformed: 4, eventsUnused: 1 });
  });

  it('outlives a handler that throws, says so, and delivers what comes next', async () => {
    const socket = await world.startLive({
      onEvent: (event) => {
        if ('channelId' in event && event.channelId === 'bad') throw new Error('bug');
      },
    });
    socket.send(world.ended('bad'));
    socket.send(world.ended('good'));
    await world.record.seen('event stasis.end good');
    expect(world.record.count('error an ARI event handler threw')).toBe(1);
    expect(world.stats).toMatchObject({ handlerFailures: 1, eventsHandled: 1 });
  });

  it('measures how late events are handled', async () => {
    const socket = await world.startLive();
    socket.send(world.ended('late', new Date(world.clock.now().getTime() - 700)));
    socket.send(world.ended('punctual'));
    await world.record.seen('event stasis.end punctual');
    expect(world.stats).toMatchObject({ lagMs: 0, maxLagMs: 700 });
  });
});

describe('a resync', () => {
  it('that fails drops the connection, which is tried again', async () => {
    let attempts = 0;
    world.start({
      onConnected: async () => {
        attempts += 1;
        if (attempts === 1) throw new Error('database away');
      },
    });
    await world.record.seen('disconnected resync failed');
    await world.record.seen(retrying);
    world.clock.advance(MAX_WAIT_MS);
    await world.record.seen(live);
    expect(attempts).toBe(2);
  });

  it('that never ends is given up, with the events held for it', async () => {
    const coming = world.fake.nextEventSocket();
    world.start({ onConnected: () => new Promise(() => undefined) });
    const socket = await coming;
    await world.record.seen('connected');
    socket.send(world.ended('a'));
    socket.ping();
    await once(socket, 'pong');
    world.clock.advance(30_000);
    await world.record.seen('disconnected resync not done');
    expect(world.record.count('event')).toBe(0);
    expect(world.stats.eventsHeld).toBe(0);
  });

  it('without a filter in force does not happen', async () => {
    world.start({ filterEvents: async () => ({ kind: 'unknown', message: 'late' }) });
    await world.record.seen(`${retrying} {"reason":"event filter: late"`);
    expect(world.record.count('connected')).toBe(0);
  });
});

describe('the end', () => {
  it('replaced by another exchange: told once, never back', async () => {
    const socket = await world.startLive();
    const closed = once(socket, 'close');
    socket.send(JSON.stringify({ type: 'ApplicationReplaced', timestamp: '', application: 'exchange' }));
    socket.send(world.ended('not ours any more'));
    await closed;
    expect(world.record.count('replaced')).toBe(1);
    expect(world.record.count('event')).toBe(0);
    expect(world.record.count('disconnected')).toBe(0);
    expect(world.clock.pending).toBe(0);
    expect(world.stats.live).toBe(false);
  });

  it.each(['connected', 'waiting'])('stopped while %s: silence, no timers, no sockets', async (when) => {
    const socket = await world.startLive();
    if (when === 'waiting') {
      socket.terminate();
      await world.record.seen(retrying);
    }
    const before = world.record.lines.length;
    const closed = when === 'connected' ? once(socket, 'close') : Promise.resolve();
    world.stream?.stop();
    await closed;
    world.clock.advance(60_000);
    expect(world.record.lines.length).toBe(before);
    expect(world.clock.pending).toBe(0);
    expect(world.fake.listenerCount('event-socket')).toBe(0);
  });

  it('cannot be started twice', async () => {
    await world.startLive();
    expect(() => world.stream?.start({} as AriStreamHandler)).toThrow('started before');
  });
});

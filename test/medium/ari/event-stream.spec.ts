import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { WebSocket } from 'ws';
import type { AriOutcome, AriStreamHandler } from '../../../src/infra/ari/ari.port.js';
import { newAriStats } from '../../../src/infra/ari/ari-stats.js';
import { EventStream } from '../../../src/infra/ari/event-stream.js';
import { ManualClock } from '../../../src/kernel/clock.js';
import { err, failure, ok } from '../../../src/kernel/result.js';
import { Secret } from '../../../src/kernel/secret.js';
import { FakeAsterisk } from './fake-asterisk.js';
import { Recorder } from './recorder.js';

const PING_MS = 5_000;
const MAX_WAIT_MS = 5_000;
const PASSWORD = 'very-secret-password';

let fake: FakeAsterisk;
let clock: ManualClock;
let record: Recorder;
let stream: EventStream;
let stats: ReturnType<typeof newAriStats>;
const done: AriOutcome = { kind: 'done', value: undefined };

interface Behaviour extends Partial<AriStreamHandler> {
  filterEvents?: () => Promise<AriOutcome>;
  restIsUp?: () => boolean;
}

/** Starts a stream whose doings are all noted in `record`. */
function start(behaviour: Behaviour = {}): void {
  const log = (level: string) => (fields: object, message: string) =>
    record.note(`${level} ${message} ${JSON.stringify(fields)}`);
  stream = new EventStream({
    socket: {
      url: fake.url,
      username: 'lab',
      password: new Secret(PASSWORD),
      app: 'exchange',
      pingMs: PING_MS,
    },
    clock,
    stats,
    backOff: { firstMs: 100, maxMs: MAX_WAIT_MS },
    log: { info: log('info'), warn: log('warn'), error: log('error') },
    connectRest: async () =>
      (behaviour.restIsUp?.() ?? true) ? ok(undefined) : err(failure('ari.unreachable', 'REST is down')),
    filterEvents: async () => {
      record.note('filter');
      return (await behaviour.filterEvents?.()) ?? done;
    },
  });
  stream.start({
    onConnected: async () => {
      record.note('connected');
      await behaviour.onConnected?.();
    },
    onEvent: (event) => {
      record.note(`event ${event.type} ${'channelId' in event ? event.channelId : ''}`);
      behaviour.onEvent?.(event);
    },
    onDisconnected: (reason) => {
      record.note(`disconnected ${reason}`);
      behaviour.onDisconnected?.(reason);
    },
    onReplaced: () => {
      record.note('replaced');
      behaviour.onReplaced?.();
    },
  });
}

const ended = (channelId: string, at: Date = clock.now()): string =>
  JSON.stringify({
    type: 'StasisEnd',
    timestamp: at.toISOString().replace('Z', '+0000'),
    application: 'exchange',
    channel: { id: channelId },
  });
const live = 'info ARI events are flowing';
const retrying = 'warn no ARI events; connecting again';

beforeEach(async () => {
  clock = new ManualClock();
  record = new Recorder();
  stats = newAriStats();
  fake = await FakeAsterisk.start();
});
afterEach(async () => {
  stream.stop();
  await fake.stop();
});

describe('a connection', () => {
  it('asks for one application with the password out of sight, filters, resyncs, then delivers', async () => {
    const coming = once(fake, 'event-socket');
    start();
    const [socket, request] = (await coming) as [WebSocket, IncomingMessage];
    await record.seen(live);
    socket.send(ended('a'));
    await record.seen('event stasis.end a');
    expect(record.lines.map((line) => line.split(' {')[0])).toEqual([
      'filter',
      'connected',
      live,
      'event stasis.end a',
    ]);
    expect(request.url).toBe('/ari/events?app=exchange&subscribeAll=false');
    expect(request.headers.authorization).toBe(`Basic ${Buffer.from(`lab:${PASSWORD}`).toString('base64')}`);
    expect(stats).toMatchObject({ live: true, connects: 1, messages: 1, eventsHandled: 1 });
  });

  it('holds events back until the resync is done and then delivers them in order', async () => {
    const resync = Promise.withResolvers<void>();
    const coming = fake.nextEventSocket();
    start({ onConnected: () => resync.promise });
    const socket = await coming;
    await record.seen('connected');
    for (const id of ['1', '2', '3']) socket.send(ended(id));
    socket.ping();
    await once(socket, 'pong');
    expect(record.count('event')).toBe(0);
    expect(stats.eventsHeld).toBe(3);
    resync.resolve();
    await record.seen(live);
    socket.send(ended('4'));
    await record.seen('event stasis.end 4');
    expect(record.lines.filter((line) => line.startsWith('event'))).toEqual(
      ['1', '2', '3', '4'].map((id) => `event stasis.end ${id}`),
    );
    expect(stats.eventsHeld).toBe(0);
  });

  it('outlives nonsense, events of no use and malformed ones, and counts them', async () => {
    const coming = fake.nextEventSocket();
    start();
    const socket = await coming;
    await record.seen(live);
    socket.send('{not json');
    socket.send('null');
    socket.send(Buffer.from([0xff, 0x00]));
    socket.send(JSON.stringify({ type: 'StasisEnd', timestamp: 'never', channel: { id: 'x' } }));
    socket.send(JSON.stringify({ type: 'ChannelVarset', timestamp: '' }));
    socket.send(ended('after'));
    await record.seen('event stasis.end after');
    expect(stats).toMatchObject({ messages: 6, eventsHandled: 1, eventsMalformed: 4, eventsUnused: 1 });
  });

  it('outlives a handler that throws, says so, and delivers what comes next', async () => {
    const coming = fake.nextEventSocket();
    start({
      onEvent: (event) => {
        if ('channelId' in event && event.channelId === 'bad') throw new Error('bug');
      },
    });
    const socket = await coming;
    await record.seen(live);
    socket.send(ended('bad'));
    socket.send(ended('good'));
    await record.seen('event stasis.end good');
    expect(record.count('error an ARI event handler threw')).toBe(1);
    expect(stats).toMatchObject({ handlerFailures: 1, eventsHandled: 1 });
  });

  it('measures how late events are handled', async () => {
    const coming = fake.nextEventSocket();
    start();
    const socket = await coming;
    await record.seen(live);
    socket.send(ended('late', new Date(clock.now().getTime() - 700)));
    socket.send(ended('punctual'));
    await record.seen('event stasis.end punctual');
    expect(stats).toMatchObject({ lagMs: 0, maxLagMs: 700 });
  });
});

describe('a lost connection', () => {
  it('is told, and the next one resyncs again', async () => {
    const first = fake.nextEventSocket();
    start();
    const socket = await first;
    await record.seen(live);
    socket.terminate();
    await record.seen('disconnected');
    await record.seen(retrying);
    expect(stats.live).toBe(false);
    const second = fake.nextEventSocket();
    clock.advance(100);
    await record.seen(live, 2);
    expect(record.count('connected')).toBe(2);
    expect(record.count('filter')).toBe(2);
    expect(stats).toMatchObject({ live: true, connects: 2, disconnects: 1 });
    (await second).terminate();
    await record.seen(retrying, 2);
    const attempts = record.lines.filter((line) => line.startsWith(retrying));
    expect(attempts.every((line) => line.includes('"attempt":1,'))).toBe(true); // a success starts the count anew
  });

  it('half open (the peer answers no ping) is noticed within two ping periods', async () => {
    await fake.stop();
    fake = await FakeAsterisk.start({ autoPong: false });
    const coming = fake.nextEventSocket();
    start();
    await coming;
    await record.seen(live);
    clock.advance(PING_MS);
    expect(record.count('disconnected')).toBe(0);
    clock.advance(PING_MS);
    await record.seen('disconnected no sign of life');
  });

  it('is not imagined: a quiet peer that answers pings is kept', async () => {
    const coming = fake.nextEventSocket();
    start();
    const socket = await coming;
    await record.seen(live);
    for (let i = 0; i < 10; i++) {
      const pinged = once(socket, 'ping');
      clock.advance(PING_MS);
      await pinged;
      // Our pong goes out before this ping, and the client answers in order.
      socket.ping();
      await once(socket, 'pong');
    }
    expect(record.count('disconnected')).toBe(0);
  });

  it('is retried for ever with growing, capped waits, and comes back after a long absence', async () => {
    let up = false;
    start({ restIsUp: () => up });
    for (let attempt = 1; attempt <= 40; attempt++) {
      await record.seen(retrying, attempt);
      clock.advance(MAX_WAIT_MS);
    }
    await record.seen(retrying, 41);
    const waits = record.lines.map((line) => Number(/"waitMs":(\d+)/.exec(line)?.[1] ?? 0)).filter(Boolean);
    expect(waits[0]).toBeLessThanOrEqual(100);
    expect(Math.max(...waits)).toBeLessThanOrEqual(MAX_WAIT_MS);
    expect(Math.min(...waits.slice(10))).toBeGreaterThanOrEqual(MAX_WAIT_MS / 2);
    up = true;
    const coming = fake.nextEventSocket();
    clock.advance(MAX_WAIT_MS);
    const socket = await coming;
    await record.seen(live);
    socket.send(ended('a'));
    await record.seen('event stasis.end a');
    expect(record.count('disconnected')).toBe(0);
  });

  it.each([
    ['nobody listens', () => fake.stop(), 'ECONNREFUSED'],
    [
      'the password is wrong',
      async () => {
        fake.acceptsEvents = false;
      },
      '401',
    ],
  ])('when %s, the log says why and keeps the secret', async (_, arrange, reason) => {
    await arrange();
    start();
    await record.seen(retrying);
    expect(record.lines[0]).toContain(reason);
    expect(record.lines.join('\n')).not.toContain(PASSWORD);
    expect(record.count('disconnected')).toBe(0);
    stream.stop();
    if (reason === 'ECONNREFUSED') fake = await FakeAsterisk.start();
  });
});

describe('a resync', () => {
  it('that fails drops the connection, which is tried again', async () => {
    let attempts = 0;
    start({
      onConnected: async () => {
        attempts += 1;
        if (attempts === 1) throw new Error('database away');
      },
    });
    await record.seen('disconnected resync failed');
    await record.seen(retrying);
    clock.advance(MAX_WAIT_MS);
    await record.seen(live);
    expect(attempts).toBe(2);
  });

  it('that never ends is given up, with the events held for it', async () => {
    const coming = fake.nextEventSocket();
    start({ onConnected: () => new Promise(() => undefined) });
    const socket = await coming;
    await record.seen('connected');
    socket.send(ended('a'));
    socket.ping();
    await once(socket, 'pong');
    clock.advance(30_000);
    await record.seen('disconnected resync not done');
    expect(record.count('event')).toBe(0);
    expect(stats.eventsHeld).toBe(0);
  });

  it('without a filter in force does not happen', async () => {
    start({ filterEvents: async () => ({ kind: 'unknown', message: 'late' }) });
    await record.seen(`${retrying} {"reason":"event filter: late"`);
    expect(record.count('connected')).toBe(0);
  });
});

describe('the end', () => {
  it('replaced by another exchange: told once, never back', async () => {
    const coming = fake.nextEventSocket();
    start();
    const socket = await coming;
    await record.seen(live);
    const closed = once(socket, 'close');
    socket.send(JSON.stringify({ type: 'ApplicationReplaced', timestamp: '', application: 'exchange' }));
    socket.send(ended('not ours any more'));
    await closed;
    expect(record.count('replaced')).toBe(1);
    expect(record.count('event')).toBe(0);
    expect(record.count('disconnected')).toBe(0);
    expect(clock.pending).toBe(0);
    expect(stats.live).toBe(false);
  });

  it.each(['connected', 'waiting'])('stopped while %s: silence, no timers, no sockets', async (when) => {
    const coming = fake.nextEventSocket();
    start();
    const socket = await coming;
    await record.seen(live);
    if (when === 'waiting') {
      socket.terminate();
      await record.seen(retrying);
    }
    const before = record.lines.length;
    const closed = when === 'connected' ? once(socket, 'close') : Promise.resolve();
    stream.stop();
    await closed;
    clock.advance(60_000);
    expect(record.lines.length).toBe(before);
    expect(clock.pending).toBe(0);
    expect(fake.listenerCount('event-socket')).toBe(0);
  });

  it('cannot be started twice', async () => {
    start();
    await record.seen(live);
    expect(() => stream.start({} as AriStreamHandler)).toThrow('started before');
  });
});

import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeAsterisk } from './fake-asterisk.js';
import { live, MAX_WAIT_MS, PASSWORD, PING_MS, retrying, StreamFixture } from './stream-fixture.js';

let world: StreamFixture;
beforeEach(async () => {
  world = await StreamFixture.make();
});
afterEach(() => world.end());

describe('a lost connection', () => {
  it('is told, and the next one resyncs again', async () => {
    const socket = await world.startLive();
    socket.terminate();
    await world.record.seen('disconnected');
    await world.record.seen(retrying);
    expect(world.stats.live).toBe(false);
    const second = world.fake.nextEventSocket();
    world.clock.advance(100);
    await world.record.seen(live, 2);
    expect(world.record.count('connected')).toBe(2);
    expect(world.record.count('filter')).toBe(2);
    expect(world.stats).toMatchObject({ live: true, connects: 2, disconnects: 1 });
    (await second).terminate();
    await world.record.seen(retrying, 2);
    const attempts = world.record.lines.filter((line) => line.startsWith(retrying));
    expect(attempts.every((line) => line.includes('"attempt":1,'))).toBe(true); // a success starts the count anew
  });

  it('half open (the peer answers no ping) is noticed within two ping periods', async () => {
    await world.fake.stop();
    world.fake = await FakeAsterisk.start({ autoPong: false });
    await world.startLive();
    world.clock.advance(PING_MS);
    expect(world.record.count('disconnected')).toBe(0);
    world.clock.advance(PING_MS);
    await world.record.seen('disconnected no sign of life');
  });

  it('is not imagined: a quiet peer that answers pings is kept', async () => {
    const socket = await world.startLive();
    for (let i = 0; i < 10; i++) {
      const pinged = once(socket, 'ping');
      world.clock.advance(PING_MS);
      await pinged;
      // Our pong goes out before this ping, and the client answers in order.
      socket.ping();
      await once(socket, 'pong');
    }
    expect(world.record.count('disconnected')).toBe(0);
  });

  it('is retried for ever with growing, capped waits, and comes back after a long absence', async () => {
    let up = false;
    world.start({ restIsUp: () => up });
    for (let attempt = 1; attempt <= 40; attempt++) {
      await world.record.seen(retrying, attempt);
      world.clock.advance(MAX_WAIT_MS);
    }
    await world.record.seen(retrying, 41);
    const waits = world.record.lines
      .map((line) => Number(/"waitMs":(\d+)/.exec(line)?.[1] ?? 0))
      .filter(Boolean);
    expect(waits[0]).toBeLessThanOrEqual(100);
    expect(Math.max(...waits)).toBeLessThanOrEqual(MAX_WAIT_MS);
    expect(Math.min(...waits.slice(10))).toBeGreaterThanOrEqual(MAX_WAIT_MS / 2);
    up = true;
    const coming = world.fake.nextEventSocket();
    world.clock.advance(MAX_WAIT_MS);
    const socket = await coming;
    await world.record.seen(live);
    socket.send(world.ended('a'));
    await world.record.seen('event stasis.end a');
    expect(world.record.count('disconnected')).toBe(0);
  });

  it.each([
    ['nobody listens', () => world.fake.stop(), 'ECONNREFUSED'],
    [
      'the password is wrong',
      async () => {
        world.fake.acceptsEvents = false;
      },
      '401',
    ],
  ])('when %s, the log says why and keeps the secret', async (_, arrange, reason) => {
    await arrange();
    world.start();
    await world.record.seen(retrying);
    expect(world.record.lines[0]).toContain(reason);
    expect(world.record.lines.join('\n')).not.toContain(PASSWORD);
    expect(world.record.count('disconnected')).toBe(0);
    world.stream?.stop();
    if (reason === 'ECONNREFUSED') world.fake = await FakeAsterisk.start();
  });
});

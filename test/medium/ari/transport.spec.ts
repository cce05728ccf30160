import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { AriClientTransport } from '../../../src/infra/ari/ari-client.transport.js';
import { newAriStats } from '../../../src/infra/ari/ari-stats.js';
import { OperationRunner } from '../../../src/infra/ari/operation-runner.js';
import { HttpChannel } from '../../../src/infra/ari/rest.http.js';
import { ManualClock } from '../../../src/kernel/clock.js';
import { Secret } from '../../../src/kernel/secret.js';
import { FakeAsterisk } from './fake-asterisk.js';

const DEADLINE_MS = 5_000;
// Each connect loads ari-client in a thread: seconds on a busy machine.
jest.setTimeout(20_000);
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

let fake: FakeAsterisk;
let clock: ManualClock;
const opened: AriClientTransport[] = [];

function transportTo(url: string, { username = 'lab', password = 'p:w%&', maxSockets = 16 } = {}) {
  const stats = newAriStats();
  const options = { url, username, password: new Secret(password) };
  const channel = new HttpChannel({ ...options, deadlineMs: DEADLINE_MS, maxSockets }, clock);
  const transport = new AriClientTransport(new OperationRunner(options, channel, clock, stats), 'exchange');
  opened.push(transport);
  return { transport, stats };
}

async function connected(options: Parameters<typeof transportTo>[1] = {}) {
  const made = transportTo(fake.url, options);
  expect(await made.transport.connect()).toMatchObject({ ok: true });
  return made;
}

beforeEach(async () => {
  clock = new ManualClock();
  fake = await FakeAsterisk.start();
});
afterEach(async () => {
  for (const transport of opened.splice(0)) transport.close();
  await fake.stop();
});

describe('connecting with ari-client', () => {
  it('finds every operation, silently', async () => {
    const printed = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    const written = jest.spyOn(process.stdout, 'write');
    await connected();
    expect(printed).not.toHaveBeenCalled();
    expect(written).not.toHaveBeenCalled();
    jest.restoreAllMocks();
    expect(fake.docsAuthorizations).toContain(basic('lab:p:w%&'));
    expect(clock.pending).toBe(0);
  });

  it('refuses an Asterisk that is too old, naming what it lacks', async () => {
    fake.answerDocs = (resource) => fake.docsOf(resource, 'channels.setChannelVars');
    expect(await transportTo(fake.url).transport.connect()).toMatchObject({
      ok: false,
      failure: {
        code: 'ari.operations-missing',
        message: expect.stringContaining('channels.setChannelVars'),
        hint: expect.stringContaining('22.10.1'),
      },
    });
  });

  it.each([
    ['refuses every request', (): string => 'destroy'],
    ['answers with a web page', (): string => '<html>hello</html>'],
  ])('fails, and nothing else happens, when the server %s', async (_, answer) => {
    fake.answerDocs = answer;
    const result = transportTo(fake.url).transport.connect();
    // ari-client would wait for ever: our deadline ends it.
    await once(fake, 'socket-closed');
    clock.advance(10_000);
    expect(await result).toMatchObject({ ok: false, failure: { code: 'ari.unreachable' } });
  });

  it('ends at its deadline when the server never answers, and can be tried again', async () => {
    const asked = new Promise((resolve) => {
      fake.answerDocs = () => {
        resolve(undefined);
        return 'never';
      };
    });
    const { transport } = transportTo(fake.url);
    const first = transport.connect();
    await asked;
    const closed = once(fake, 'socket-closed');
    clock.advance(10_000);
    expect(await first).toMatchObject({ ok: false, failure: { code: 'ari.unreachable', retry: 'safe' } });
    await closed;
    fake.answerDocs = (resource) => fake.docsOf(resource);
    expect((await transport.connect()).ok).toBe(true);
  });

  it('keeps the credentials of two Asterisks apart', async () => {
    const other = await FakeAsterisk.start();
    const a = transportTo(fake.url, { username: 'a', password: 'one' });
    const b = transportTo(other.url, { username: 'b', password: 'two' });
    await Promise.all([a.transport.connect(), b.transport.connect()]);
    await Promise.all([a.transport.answer('x'), b.transport.answer('x')]);
    const seenBy = (one: FakeAsterisk) =>
      new Set([...one.docsAuthorizations, ...one.requests.map((request) => request.authorization)]);
    expect([...seenBy(fake)].filter(Boolean)).toEqual([basic('a:one')]);
    expect([...seenBy(other)].filter(Boolean)).toEqual([basic('b:two')]);
    await other.stop();
  });

  it('before it, nobody is asked and nothing is known', async () => {
    const { transport } = transportTo(fake.url);
    expect(await transport.answer('x')).toMatchObject({ kind: 'unknown' });
    expect(fake.requests).toEqual([]);
  });
});

describe('a request', () => {
  it('is what Asterisk documents', async () => {
    const { transport } = await connected();
    await transport.createLeg({
      channelId: 'leg/1',
      endpoint: 'PJSIP/6200%23@gw',
      appArgs: ['leg', 'c1'],
      originator: 'o',
      formats: ['ulaw', 'alaw'],
      variables: { 'CONNECTEDLINE(num)': '021112222', 'CONNECTEDLINE(name)': 'Evil\r\nX-Header: 1\0' },
    });
    await transport.addToBridge('b', ['1', '2']);
    await transport.hangup('c', 17);
    await transport.play({ bridgeId: 'b' }, 'p', ['sound:a', 'tone:busy'], 'ko');
    await transport.setVars('c', { 'TIMEOUT(absolute)': '60' });
    await transport.filterEvents();
    expect(fake.requests).toMatchObject([
      {
        method: 'POST',
        path: '/channels/create',
        query: {
          channelId: 'leg/1',
          endpoint: 'PJSIP/6200%23@gw',
          app: 'exchange',
          appArgs: 'leg,c1',
          originator: 'o',
          formats: 'ulaw,alaw',
        },
        body: {
          variables: { 'CONNECTEDLINE(num)': '021112222', 'CONNECTEDLINE(name)': 'Evil X-Header: 1 ' },
        },
      },
      {
        path: '/bridges/b/addChannel',
        query: { channel: '1,2', inhibitConnectedLineUpdates: 'true' },
      },
      { method: 'DELETE', path: '/channels/c', query: { reason_code: '17' } },
      { path: '/bridges/b/play/p', query: { media: 'sound:a,tone:busy', lang: 'ko' } },
      { path: '/channels/c/variables', body: { variables: { 'TIMEOUT(absolute)': '60' } } },
      {
        method: 'PUT',
        path: '/applications/exchange/eventFilter',
        body: { allowed: expect.arrayContaining([{ type: 'StasisStart' }, { type: 'ChannelDestroyed' }]) },
      },
    ]);
  });

  it('that is never answered ends at its deadline as unknown and frees its socket', async () => {
    const { transport, stats } = await connected({ maxSockets: 1 });
    fake.answer = () => 'never';
    const lost = transport.answer('x');
    const queued = transport.answer('y');
    await once(fake, 'request');
    expect(stats.requestsInFlight).toBe(2);
    clock.advance(DEADLINE_MS);
    expect(await lost).toEqual({ kind: 'unknown', message: 'channels.answer: no answer within 5000 ms' });
    expect(await queued).toMatchObject({ kind: 'unknown' });
    fake.answer = () => ({ status: 204 });
    expect(await transport.answer('z')).toEqual({ kind: 'done', value: undefined });
    expect(stats).toMatchObject({ requestsInFlight: 0, requests: { unknown: 2, done: 1 } });
    expect(clock.pending).toBe(0);
  });

  it.each(['destroy', 'cut'] as const)('whose connection ends (%s) is unknown at once', async (answer) => {
    const { transport } = await connected();
    fake.answer = () => answer;
    expect(await transport.snapshot()).toMatchObject({ kind: 'unknown' });
    expect(clock.pending).toBe(0);
  });

  it('to a port where nobody listens any more is unknown at once', async () => {
    const { transport } = await connected();
    await fake.stop();
    expect(await transport.answer('x')).toMatchObject({
      kind: 'unknown',
      message: expect.stringContaining('ECONNREFUSED'),
    });
    fake = await FakeAsterisk.start();
  });

  it('for what is gone is a normal outcome', async () => {
    const { transport, stats } = await connected();
    fake.answer = () => ({ status: 404, body: { message: 'Channel not found' } });
    expect(await transport.hangup('x', 16)).toEqual({
      kind: 'gone',
      status: 404,
      message: 'channels.hangup: Channel not found',
    });
    expect(stats.requests.gone).toBe(1);
  });
});

describe('sockets', () => {
  it('300 requests at once against a session limit of 100: all are answered, over at most 16 sockets', async () => {
    const limited = await FakeAsterisk.start({ sessionLimit: 100 });
    const { transport } = transportTo(limited.url);
    await transport.connect();
    limited.mostSockets = 0;
    const outcomes = await Promise.all(Array.from({ length: 300 }, (_, i) => transport.answer(String(i))));
    expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(300);
    expect(limited.mostSockets).toBeLessThanOrEqual(16);
    transport.close();
    await limited.stop();
  });

  it('are kept: requests one after the other share one', async () => {
    const { transport } = await connected();
    const before = fake.connections;
    for (let i = 0; i < 20; i++) await transport.answer('x');
    expect(fake.connections - before).toBe(1);
  });

  it('none is left after close', async () => {
    const { transport } = await connected();
    await transport.answer('x');
    const closed = once(fake, 'socket-closed');
    transport.close();
    await closed;
    expect(fake.sockets.size).toBe(0);
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Config, loadConfig } from '../../src/config.js';
import type { AriEvent, AriStreamHandler } from '../../src/infra/ari/ari.port.js';
import { AriClientTransport } from '../../src/infra/ari/ari-client.transport.js';
import { newAriStats } from '../../src/infra/ari/ari-stats.js';
import { CelFile } from '../../src/infra/ari/cel.js';
import { AsteriskConsole } from '../../src/infra/ari/console.js';
import { EventStream } from '../../src/infra/ari/event-stream.js';
import { OperationRunner } from '../../src/infra/ari/operation-runner.js';
import { HttpChannel } from '../../src/infra/ari/rest.http.js';
import type { RestRequest } from '../../src/infra/ari/rest.js';
import { SocketChannel } from '../../src/infra/ari/rest.socket.js';
import { SecurityLog } from '../../src/infra/ari/security-log.js';
import { SipObjects } from '../../src/infra/ari/sip-objects.js';
import { systemClock } from '../../src/kernel/clock.js';
import { LabAsterisk } from '../lab/lab-asterisk.js';
import type { LabPhone } from '../lab/lab-phone.js';
import { header } from '../lab/sip-message.js';
import { Recorder } from '../medium/ari/recorder.js';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const timing = { backOff: { firstMs: 100, maxMs: 1_000 }, log: quiet };

let config: Config;
let lab: LabAsterisk;
let phoneA: LabPhone;
let phoneB: LabPhone;
const started: { stop(): void }[] = [];

/** Everything of the edge over the instance's own Asterisk, its stream started and resynced. */
async function edge(app = config.ari.app) {
  const stats = newAriStats();
  const overHttp: string[] = [];
  const http = new HttpChannel({ ...config.ari, deadlineMs: 5_000, maxSockets: 16 }, systemClock);
  const counted = {
    send: (request: RestRequest) => {
      overHttp.push(`${request.method} ${request.path}`);
      return http.send(request);
    },
    close: () => http.close(),
  };
  const channel = new SocketChannel(counted, systemClock, { deadlineMs: 5_000, slowMs: 1_000 });
  const port = new AriClientTransport(new OperationRunner(config.ari, channel, systemClock, stats), app);
  const record = new Recorder();
  const events: AriEvent[] = [];
  const handler: AriStreamHandler = {
    onConnected: async () => undefined,
    onEvent: (event) => {
      events.push(event);
      record.note(`${event.type} ${'channelId' in event ? event.channelId : ''}`);
    },
    onDisconnected: (reason) => record.note(`disconnected ${reason}`),
    onReplaced: () => record.note('replaced'),
  };
  const stream = new EventStream({
    ...timing,
    socket: { ...config.ari, app, pingMs: 5_000 },
    clock: systemClock,
    stats,
    requests: channel,
    connectRest: () => port.connect(),
    filterEvents: () => port.filterEvents(),
    hangUp: (channelId) => void port.hangup(channelId, 16),
    log: { ...quiet, info: () => record.note('live') },
  });
  started.push(stream, { stop: () => port.close() });
  stream.start(handler);
  await record.seen('live');
  return { port, stats, record, events, overHttp };
}

const registeredOf = (found: Awaited<ReturnType<SipObjects['registered']>>): readonly string[] =>
  found.ok ? [...found.value] : [];

/** What the exchange does to connect a call: four requests, and every one is done. */
async function connect({ port, record, events }: Awaited<ReturnType<typeof edge>>, name = 'Ms Kim') {
  await record.seen('stasis.start');
  const start = events.find((event) => event.type === 'stasis.start');
  if (start?.type !== 'stasis.start') throw new Error('no call came in');
  const id = randomUUID();
  const [caller, leg, bridge] = [start.channel.id, `${id}.leg`, `${id}.bridge`];
  const created = await port.createLeg({
    channelId: leg,
    endpoint: 'PJSIP/lab-b',
    appArgs: ['leg', id],
    originator: caller,
    variables: { 'CONNECTEDLINE(num)': '021112222', 'CONNECTEDLINE(name)': name },
  });
  // Until then Asterisk answers that the leg is not in the application.
  await record.seen('stasis.start', 2);
  const outcomes = [
    created,
    await port.createBridge(bridge, 'mixing'),
    await port.addToBridge(bridge, [caller, leg]),
    await port.dial(leg, { timeoutSeconds: 20 }),
  ];
  expect(outcomes.map(({ kind }) => kind)).toEqual(['done', 'done', 'done', 'done']);
  return { caller, leg, bridge, start };
}

beforeAll(async () => {
  const read = loadConfig();
  if (!read.ok) throw new Error(read.failure.message);
  config = read.value;
  lab = await LabAsterisk.attach();
  phoneA = await lab.samplePhone('lab-a');
  phoneB = await lab.samplePhone('lab-b');
  await phoneA.register();
  await phoneB.register();
}, 20_000);
afterEach(() => {
  for (const one of started.splice(0)) one.stop();
});
afterAll(async () => {
  await lab.unplugPhones();
  await lab.detach();
});

describe('a call over the edge', () => {
  it('rings, is answered through the bridge, ends, and leaves evidence and nothing else', async () => {
    const ari = await edge();
    const callA = await phoneA.dial('0262001234');
    const { caller, leg, bridge, start } = await connect(ari);
    const callB = await phoneB.incoming();
    const invite = await callB.invite();
    expect(header(invite, 'from')).toContain('"Ms Kim" <sip:021112222@');
    await callB.ring();
    await callA.ringing();
    await callB.answer();
    await callA.answered();
    await ari.record.seen(`channel.state ${caller}`);
    await callB.hangup();
    await ari.record.seen(`channel.destroyed ${leg}`);
    expect(await ari.port.hangup(caller, 16)).toMatchObject({ kind: 'done' });
    expect(await ari.port.destroyBridge(bridge)).toMatchObject({ kind: 'done' });
    await ari.record.seen(`stasis.end ${caller}`);
    await callA.ended();

    const ends = ari.events.find((event) => event.type === 'channel.destroyed');
    expect(ends).toMatchObject({ channelId: leg, cause: 16 });
    const evidence = await new CelFile(config.celFile).celEvidence(new Set([caller, leg]), start.at);
    const proven = evidence.get(leg);
    expect(proven?.cause).toBe(16);
    expect(Math.abs((proven?.hungUpAt?.getTime() ?? 0) - (ends?.at.getTime() ?? 0))).toBeLessThan(1_000);
    expect(proven?.answeredAt?.getTime()).toBeGreaterThan(start.at.getTime());
    const snapshot = await ari.port.snapshot();
    expect(snapshot).toMatchObject({ kind: 'done', value: { channels: [], bridges: [] } });
    expect(ari.stats).toMatchObject({ eventsUnused: 0, eventsMalformed: 0, handlerFailures: 0 });
    expect(ari.stats.requests).toMatchObject({ rejected: 0, unknown: 0 });
    // Only the filter, while the socket was not proven yet, and the four listings of the snapshot.
    expect(ari.overHttp.filter((request) => !request.startsWith('GET'))).toEqual([
      expect.stringContaining('eventFilter'),
    ]);
  });

  it('a caller’s name cannot bring headers into the INVITE', async () => {
    const ari = await edge();
    const callA = await phoneA.dial('1');
    const { bridge } = await connect(ari, 'Evil"\r\nX-Evil: yes\r\n');
    const invite = await (await phoneB.incoming()).invite();
    expect(header(invite, 'from')).toContain('021112222@');
    expect(header(invite, 'x-evil')).toBeUndefined();
    await callA.hangup();
    await ari.record.seen('stasis.end');
    await lab.hangupAll();
    await ari.record.seen('channel.destroyed');
    await ari.port.destroyBridge(bridge);
  });

  it('a refusal reaches the caller as the SIP status of its cause, and what is gone says so', async () => {
    const ari = await edge();
    const callA = await phoneA.dial('0262001234');
    await ari.record.seen('stasis.start');
    const [start] = ari.events;
    if (start?.type !== 'stasis.start') throw new Error('no call came in');
    expect(await ari.port.hangup(start.channel.id, 17)).toMatchObject({ kind: 'done' });
    expect(await callA.ended()).toMatchObject({ sip: 486 });
    await ari.record.seen('stasis.end');
    const id = start.channel.id;
    const late = [
      await ari.port.answer(id),
      await ari.port.hangup(id, 16),
      await ari.port.setVars(id, { 'TIMEOUT(absolute)': '1' }),
      await ari.port.getVar(id, 'X'),
      await ari.port.dial(id, { timeoutSeconds: 1 }),
      await ari.port.play({ channelId: id }, 'p', ['sound:hello-world']),
      await ari.port.addToBridge('nowhere', [id]),
      await ari.port.removeFromBridge('nowhere', [id]),
      await ari.port.destroyBridge('nowhere'),
      await ari.port.stopPlayback('nothing'),
      await ari.port.continueInDialplan(id, { context: 'members', exten: '1', priority: 1 }),
    ];
    expect(late.map(({ kind }) => kind)).toEqual(Array(late.length).fill('gone'));
  });
});

describe('two exchanges', () => {
  it('the first is told that it was replaced, and stays away', async () => {
    const app = `edge-${process.pid}`;
    const first = await edge(app);
    const second = await edge(app);
    await first.record.seen('replaced');
    expect(first.stats.live).toBe(false);
    expect(second.stats.live).toBe(true);
    expect(first.record.count('disconnected')).toBe(0);
  });
});

describe('what ARI lacks', () => {
  it('tells a wrong secret from a stranger', async () => {
    const record = new Recorder();
    const security = new SecurityLog({ path: config.securityLog, everyMs: 50, log: quiet }, systemClock);
    security.onEvent(({ kind, service, account, remote }) =>
      record.note(`${kind} ${service} ${account ?? 'nobody'} ${remote.host}`),
    );
    started.push(security);
    await security.start();
    const thief = await lab.phone({ username: 'lab-a', id: 'thief', secret: 'guess' });
    await thief.register();
    await record.seen('auth.failed PJSIP lab-a 127.0.0.10');
    const stranger = await lab.phone({ username: 'nobody-here', id: 'stranger', secret: 'guess' });
    await stranger.register();
    await record.seen('auth.failed PJSIP nobody 127.0.0.10');
  });

  it('makes a device unreachable at once, and its next registration brings it back', async () => {
    const ari = await edge();
    const options = { path: config.controlSocket, deadlineMs: 5_000 };
    const objects = new SipObjects(new AsteriskConsole(options, systemClock));
    const leg = (channelId: string) =>
      ari.port.createLeg({ channelId, endpoint: 'PJSIP/lab-b', appArgs: [], variables: {} });
    expect(await objects.addressesChanged()).toMatchObject({ ok: true });
    expect(await objects.changed('lab-b')).toMatchObject({ ok: true });
    expect(await leg('before')).toMatchObject({ kind: 'done' });
    expect(registeredOf(await objects.registered())).toContain('lab-b');
    expect(await objects.removed('lab-b')).toMatchObject({ ok: true });
    expect(registeredOf(await objects.registered())).not.toContain('lab-b');
    expect(await objects.allChanged()).toMatchObject({ ok: true });
    expect(await leg('after')).toMatchObject({ kind: 'rejected', status: 500 });
    await phoneB.unregister();
    await phoneB.register();
    expect(await leg('again')).toMatchObject({ kind: 'done' });
    for (const id of ['before', 'again']) await ari.port.hangup(id, 16);
    await ari.record.seen('channel.destroyed', 2);
  });
});

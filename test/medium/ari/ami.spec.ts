import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AmiClient } from '../../../src/infra/ari/ami.js';
import { SipObjects } from '../../../src/infra/ari/sip-objects.js';
import { ManualClock } from '../../../src/kernel/clock.js';
import { Secret } from '../../../src/kernel/secret.js';
import { FakeManager, type ManagerAction } from './fake-manager.js';
import { Recorder } from './recorder.js';

const DEADLINE_MS = 5_000;
const PING_MS = 15_000;
const loggedIn = 'info logged in';
const retrying = 'warn no manager interface; connecting again';

let fake: FakeManager;
let clock: ManualClock;
let record: Recorder;
let ami: AmiClient;

function client(): AmiClient {
  const log = (level: string) => (fields: object, message: string) =>
    record.note(`${level} ${message} ${JSON.stringify(fields)}`);
  return new AmiClient(
    {
      host: '127.0.0.1',
      port: fake.port,
      username: 'exchange',
      secret: new Secret('very-secret'),
      deadlineMs: DEADLINE_MS,
      pingMs: PING_MS,
      backOff: { firstMs: 100, maxMs: 5_000 },
    },
    clock,
    { info: log('info'), warn: log('warn'), error: log('error') },
  );
}

async function login(): Promise<void> {
  ami.start();
  await record.seen(loggedIn);
}

beforeEach(async () => {
  clock = new ManualClock();
  record = new Recorder();
  fake = await FakeManager.start();
  ami = client();
});
afterEach(async () => {
  ami.stop();
  await fake.stop();
});

describe('the manager connection', () => {
  it('logs in and runs actions', async () => {
    await login();
    expect(fake.actions[0]).toMatchObject({ Action: 'Login', Username: 'exchange', Secret: 'very-secret' });
    fake.answer = () => 'Response: Success\nMessage: Pong';
    const reply = await ami.run('Ping', {});
    expect(reply.ok && reply.value.response.get('message')).toBe('Pong');
    expect(clock.pending).toBe(1); // the next ping
  });

  it('matches answers that come in another order', async () => {
    await login();
    const parked: string[] = [];
    fake.answer = (action) => {
      parked.push(
        `Response: Success\r\nActionID: ${action['ActionID']}\r\nMessage: ${action['Key']}\r\n\r\n`,
      );
      return undefined;
    };
    const both = [ami.run('DBGet', { Key: 'a' }), ami.run('DBGet', { Key: 'b' })];
    while (parked.length < 2) await once(fake, 'action');
    fake.send(parked.reverse().join(''));
    const messages = (await Promise.all(both)).map(
      (reply) => reply.ok && reply.value.response.get('message'),
    );
    expect(messages).toEqual(['a', 'b']);
  });

  it('gives Asterisk’s refusal as a failure', async () => {
    await login();
    fake.answer = () => 'Response: Error\nMessage: Permission denied';
    expect(await ami.run('DBDel', {})).toMatchObject({
      ok: false,
      failure: { code: 'ami.refused', message: 'DBDel: Permission denied', retry: 'never' },
    });
  });

  it('an action that is never answered fails at its deadline', async () => {
    await login();
    fake.answer = () => undefined;
    const reply = ami.run('DBDel', {});
    await once(fake, 'action');
    clock.advance(DEADLINE_MS);
    expect(await reply).toMatchObject({ ok: false, failure: { code: 'ami.unavailable', retry: 'safe' } });
  });

  it('a field cannot smuggle in another action', async () => {
    await login();
    const reply = await ami.run('DBDel', { Key: 'x\r\n\r\nAction: Command\r\nCommand: core stop now' });
    expect(reply).toMatchObject({ ok: false, failure: { code: 'ami.unsendable' } });
    expect(fake.actions).toHaveLength(1);
  });

  it('when it is lost, what waits fails at once and the login is repeated', async () => {
    await login();
    fake.answer = (action) => (action['Action'] === 'Login' ? 'Response: Success' : undefined);
    const reply = ami.run('DBDel', {});
    await once(fake, 'action');
    fake.drop();
    expect(await reply).toMatchObject({ ok: false, failure: { code: 'ami.unavailable' } });
    await record.seen(retrying);
    expect(ami.ready).toBe(false);
    expect(await ami.run('Ping', {})).toMatchObject({ ok: false, failure: { code: 'ami.unavailable' } });
    clock.advance(100);
    await record.seen(loggedIn, 2);
    expect(ami.ready).toBe(true);
  });

  it('half open: an unanswered ping ends it', async () => {
    await login();
    fake.answer = () => undefined;
    const pinged = once(fake, 'action');
    clock.advance(PING_MS);
    expect((await pinged)[0]).toMatchObject({ Action: 'Ping' });
    clock.advance(DEADLINE_MS);
    await record.seen(`${retrying} {"reason":"no answer to a ping"`);
  });

  it('a wrong secret is retried without being logged', async () => {
    fake.answer = () => 'Response: Error\nMessage: Authentication failed';
    ami.start();
    await record.seen(`${retrying} {"reason":"Login: Authentication failed"`);
    expect(record.lines.join()).not.toContain('very-secret');
  });

  it('a peer that is no manager interface is left', async () => {
    fake.answer = () => undefined;
    ami.start();
    await once(fake, 'action');
    fake.send('x'.repeat(1024 * 1024 + 1));
    await record.seen(`${retrying} {"reason":"this is no manager interface"`);
  });

  it('stopped: no timers, no socket, no more attempts', async () => {
    await login();
    const closed = once(fake, 'closed');
    ami.stop();
    await closed;
    clock.advance(60_000);
    expect(clock.pending).toBe(0);
    expect(fake.actions).toHaveLength(1);
  });
});

describe('security events', () => {
  const failed = (account: string) =>
    'Event: ChallengeResponseFailed\r\nEventTV: 2026-11-23T13:47:42.359+0000\r\nService: PJSIP\r\n' +
    `AccountID: ${account}\r\nRemoteAddress: IPV4/UDP/192.0.2.7/5060\r\n\r\n`;

  it('reach every listener, even after one threw, until it leaves', async () => {
    await login();
    ami.onSecurityEvent(() => {
      throw new Error('bug');
    });
    const leave = ami.onSecurityEvent((event) => record.note(`event ${event.account}`));
    fake.send(`Event: ChallengeSent\r\n\r\n${failed('m1')}`);
    await record.seen('event m1');
    leave();
    ami.onSecurityEvent((event) => record.note(`other ${event.account}`));
    fake.send(failed('m2'));
    await record.seen('other m2');
    expect(record.count('event')).toBe(1);
    expect(record.count('error a security event handler threw')).toBe(2);
  });
});

describe('a device that changes', () => {
  const notCached = 'Response: Error\nMessage: The provided object could not be expired from the cache\n';
  const sent = () =>
    fake.actions.slice(1).map(({ Action, Cache, Object: of, Key }) => [Action, Cache ?? Key, of]);

  it('is forgotten by all caches, whether they hold it or not', async () => {
    await login();
    fake.answer = (action) => (action['Cache'] === 'res_pjsip/auth' ? notCached : 'Response: Success');
    expect(await new SipObjects(ami).changed('d1')).toEqual({ ok: true, value: undefined });
    expect(sent()).toEqual([
      ['SorceryMemoryCacheExpireObject', 'res_pjsip/endpoint', 'd1'],
      ['SorceryMemoryCacheExpireObject', 'res_pjsip/auth', 'd1'],
      ['SorceryMemoryCacheExpireObject', 'res_pjsip/aor', 'd1'],
    ]);
  });

  it('a cache that does not exist is no success', async () => {
    await login();
    fake.answer = () => 'Response: Error\nMessage: The provided cache does not exist';
    expect(await new SipObjects(ami).changed('d1')).toMatchObject({
      ok: false,
      failure: { code: 'ami.refused' },
    });
  });

  it('removed: its contacts go as well, and nobody else’s', async () => {
    await login();
    const contacts = (key: string) => `Event: DBGetTreeResponse\nKey: /registrar/contact/${key}\nVal: {}`;
    fake.answer = ({ Action, Key }: ManagerAction) => {
      if (Action === 'DBGetTree')
        return `Response: Success\nEventList: start\n\n${contacts('d1;@aa')}\n\n${contacts('d12;@bb')}\n\n${contacts('d1;@cc')}\n\nEvent: DBGetTreeComplete\nEventList: Complete`;
      return Key === 'd1;@cc'
        ? 'Response: Error\nMessage: Database entry could not be deleted'
        : 'Response: Success';
    };
    expect(await new SipObjects(ami).removed('d1')).toEqual({ ok: true, value: undefined });
    expect(sent().slice(3)).toEqual([
      ['DBGetTree', undefined, undefined],
      ['DBDel', 'd1;@aa', undefined],
      ['DBDel', 'd1;@cc', undefined],
    ]);
  });
});

import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AsteriskConsole } from '../../../src/infra/ari/console.js';
import { SipObjects } from '../../../src/infra/ari/sip-objects.js';
import { ManualClock } from '../../../src/kernel/clock.js';
import { FakeConsole } from './fake-console.js';

const DEADLINE_MS = 5_000;

let fake: FakeConsole;
let clock: ManualClock;
let asterisk: AsteriskConsole;

beforeEach(async () => {
  clock = new ManualClock();
  fake = await FakeConsole.start();
  asterisk = new AsteriskConsole({ path: fake.path, deadlineMs: DEADLINE_MS }, clock);
});
afterEach(() => fake.stop());

describe('a console command', () => {
  it('gives what Asterisk prints after its greeting, and leaves no timer', async () => {
    fake.answer = () => 'one\ntwo\n';
    expect(await asterisk.run('core', 'show', 'uptime')).toEqual({ ok: true, value: 'one\ntwo\n' });
    expect(fake.commands).toEqual(['"core" "show" "uptime"']);
    expect(clock.pending).toBe(0);
  });

  it('takes each word as it is', async () => {
    await asterisk.run('database', 'del', 'a b', 'x"; core stop now \\');
    expect(fake.commands).toEqual(['"database" "del" "a b" "x\\"; core stop now \\\\"']);
  });

  it.each([
    ['a NUL, which would begin another command', 'x\0core stop now'],
    ['a line break', 'x\ny'],
    ['more than Asterisk reads at once', 'x'.repeat(500)],
  ])('is not sent with %s', async (_, word) => {
    expect(await asterisk.run('database', 'del', word)).toMatchObject({
      failure: { code: 'console.unsendable' },
    });
    expect(fake.commands).toEqual([]);
  });

  it('that is not answered in time fails at its deadline', async () => {
    fake.answer = () => undefined;
    const running = asterisk.run('core', 'show', 'uptime');
    await once(fake, 'command');
    clock.advance(DEADLINE_MS);
    expect(await running).toMatchObject({ failure: { code: 'console.unavailable', retry: 'safe' } });
  });

  it('fails when something else listens there, or nobody does', async () => {
    fake.greeting = 'hello\n';
    expect(await asterisk.run('x')).toMatchObject({ failure: { code: 'console.unavailable' } });
    const nowhere = new AsteriskConsole({ path: '/nonexistent/ctl', deadlineMs: DEADLINE_MS }, clock);
    expect(await nowhere.run('x')).toMatchObject({
      failure: { code: 'console.unavailable', hint: expect.stringContaining('/nonexistent/ctl') },
    });
    expect(clock.pending).toBe(0);
  });
});

describe('a device that changes', () => {
  const expire = (type: string, id: string) =>
    `"sorcery" "memory" "cache" "expire" "res_pjsip/${type}" "${id}"`;
  const contact = (key: string) =>
    `${`/registrar/contact/${key}`.padEnd(50)}: {"uri":"sip:x@192.0.2.1: 5060","user_agent":"/registrar/contact/d1;@zz : "}\n`;

  it('is forgotten by all caches, whether they hold it or not', async () => {
    fake.answer = (command) =>
      command.includes('res_pjsip/auth')
        ? "Object 'd1' was not expired from cache 'res_pjsip/auth' as it was not found\n"
        : "Successfully expired object 'd1' from cache 'x'\n";
    expect(await new SipObjects(asterisk).changed('d1')).toEqual({ ok: true, value: undefined });
    expect(fake.commands).toEqual([expire('endpoint', 'd1'), expire('auth', 'd1'), expire('aor', 'd1')]);
  });

  it.each(["Specified sorcery memory cache 'res_pjsip/endpoint' does not exist\n", 'No such command', ''])(
    'an answer like %j is no success',
    async (answer) => {
      fake.answer = () => answer;
      expect(await new SipObjects(asterisk).changed('d1')).toMatchObject({
        failure: { code: 'console.refused' },
      });
    },
  );

  it('removed: its contacts go as well, and nobody else’s', async () => {
    fake.answer = (command) => {
      if (command.startsWith('"database" "show"'))
        return `${contact('d1;@aa')}${contact('d12;@bb')}${contact('d1;@cc')}3 results found.\n`;
      if (command.includes('d1;@cc')) return 'Database entry could not be removed.\n';
      return command.startsWith('"database" "del"')
        ? 'Database entry removed.\n'
        : "Successfully expired object 'd1' from cache 'x'\n";
    };
    expect(await new SipObjects(asterisk).removed('d1')).toEqual({ ok: true, value: undefined });
    expect(fake.commands.slice(3)).toEqual([
      '"database" "show" "registrar/contact"',
      '"database" "del" "registrar/contact" "d1;@aa"',
      '"database" "del" "registrar/contact" "d1;@cc"',
    ]);
  });

  it('who is registered is only believed of a whole list', async () => {
    fake.answer = () => `${contact('d1;@aa')}${contact('d1;@cc')}${contact('d12;@bb')}`;
    const objects = new SipObjects(asterisk);
    expect(await objects.registered()).toMatchObject({ failure: { code: 'console.refused' } });
    const list = fake.answer('');
    fake.answer = () => `${list}3 results found.\n`;
    expect(await objects.registered()).toEqual({ ok: true, value: new Set(['d1', 'd12']) });
  });

  it('everything: three caches emptied, the addresses read anew', async () => {
    fake.answer = (command) =>
      command.includes('populate')
        ? "Specified sorcery memory cache 'res_pjsip/identify' has been populated with '3' objects from the backend\n"
        : "All objects have been removed from cache 'x'\n";
    expect(await new SipObjects(asterisk).allChanged()).toEqual({ ok: true, value: undefined });
    expect(fake.commands).toHaveLength(4);
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AriOutcome } from '../../infra/ari/ari.port.js';
import { ManualClock } from '../../kernel/clock.js';
import { err, failure, ok } from '../../kernel/result.js';
import type { Service } from '../domain/service.js';
import { QueueDoor } from '../queues/queue-door.js';
import { MessageSpool } from '../voicemail/message-spool.js';
import { ServiceHost } from './service-host.js';
import type { ServiceWorld } from './service-world.js';

const mailbox = '0198b1f0-0000-7000-8000-0000000000aa';
const id = '0198b1f0-0000-7000-8000-000000000001';
const call = { id, channel: 'channel-1', caller: { number: '0262006100082' } };
const voicemail: Service = { name: 'voicemail', mailbox, language: 'ko', reason: 'busy' };
const done: AriOutcome = { kind: 'done', value: undefined };
const gone: AriOutcome = { kind: 'gone', status: 404, message: '' };
const at = new Date(0);

let directory: string;
let clock: ManualClock;
let host: ServiceHost;
/** What Asterisk and the mailbox were asked, in order. */
let asked: string[];
let ended: string[];
let answers: { play: AriOutcome; record: AriOutcome; goesOn: AriOutcome };
let heard: (what: string) => void;
let waiting: { matches: (what: string) => boolean; done: () => void }[];

/** Resolves when something was asked for that matches; also if it was before. */
const until = (wanted: string): Promise<void> =>
  asked.some((one) => one.includes(wanted))
    ? Promise.resolve()
    : new Promise((resolve) => waiting.push({ matches: (one) => one.includes(wanted), done: resolve }));

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'anydial-host-'));
  clock = new ManualClock();
  asked = [];
  ended = [];
  waiting = [];
  answers = { play: done, record: done, goesOn: done };
  heard = (what) => {
    asked.push(what);
    for (const one of waiting.filter(({ matches }) => matches(what))) one.done();
    waiting = waiting.filter(({ matches }) => !matches(what));
  };
  const world: ServiceWorld = {
    pageLinks: { send: async () => false },
    cards: { answer: async () => ({ type: 'nothing' }) },
    ari: {
      play: async (_, playbackId, media, lang) => {
        heard(`play ${playbackId} ${lang} ${media.join(' ').replaceAll('sound:anydial/', '')}`);
        return answers.play;
      },
      stopPlayback: async (playbackId) => {
        heard(`stop ${playbackId}`);
        return done;
      },
      record: async ({ name, maxSeconds, endedBy }) => {
        heard(`record ${name} ${maxSeconds} ${endedBy}`);
        return answers.record;
      },
      stopRecording: async () => done,
      recordBridge: async () => done,
      snoop: async (channel, { snoopId, whisper }) => {
        heard(`snoop ${channel} ${snoopId} ${whisper}`);
        return done;
      },
      createBridge: async () => done,
      addToBridge: async () => done,
      removeFromBridge: async () => done,
      destroyBridge: async () => done,
      hangup: async (channel) => {
        heard(`hangup ${channel}`);
        return done;
      },
      recordingGoesOn: async () => answers.goesOn,
      playbackGoesOn: async () => answers.goesOn,
    },
    clock,
    spool: new MessageSpool(directory),
    keeper: {
      begin: async ({ callerNumber }) => heard(`note ${callerNumber}`),
      hold: () => heard('hold'),
      release: () => heard('release'),
      keep: async (name) => {
        heard(`keep ${name.id}`);
        return 'done';
      },
      isFull: async () => false,
    },
    store: {
      list: async () => [],
      setHeard: async () => true,
      remove: async () => true,
      countryOf: async () => 'KR',
    },
    changeSetting: async (_, setting, value) =>
      value === '110' ? err(failure('call-setting.invalid', 'no')) : ok(heard(`set ${setting} ${value}`)),
    log: { info: () => undefined, warn: () => undefined } as unknown as ServiceWorld['log'],
    queues: () => new QueueDoor().desk,
    agentsChannel: () => undefined,
    talkOf: (callId) =>
      callId === 'talk' ? { channel: 'callee', bridge: 'talk.b', language: 'ko' } : undefined,
    reconnected: () => heard('reconnected'),
  };
  host = new ServiceHost(world, (callId, event) => {
    ended.push(`${callId} ${event.type === 'service.ended' ? event.q850 : event.digit}`);
    heard('ended');
  });
});
afterEach(() => rm(directory, { recursive: true }));

const finish = (n: number) =>
  host.onEvent({ type: 'playback.finished', at, playbackId: `${id}.s${n}`, failed: false });
const key = (digit: string) =>
  host.onEvent({ type: 'dtmf', at, channelId: 'channel-1', digit, durationMs: 100 });
const recorded = () =>
  host.onEvent({ type: 'recording.finished', at, recording: `voicemail/${mailbox}/${id}`, failed: false });

/** Up to where the caller speaks. */
async function speaking(): Promise<void> {
  host.start(call, voicemail);
  await until('.s1 ko voicemail-busy voicemail-leave');
  finish(1);
  await until('.s2 ko beep');
  finish(2);
  await until(`record voicemail/${mailbox}/${id} 180 #`);
}

describe('a message', () => {
  it('is taken: greeting, tone, note before recording, thanks, end', async () => {
    await speaking();
    expect(asked.indexOf('note 0262006100082')).toBeLessThan(
      asked.findIndex((one) => one.startsWith('record')),
    );
    recorded();
    await until('voicemail-thanks');
    expect(asked).toContain(`keep ${id}`);
    finish(3);
    expect(ended).toEqual([`${id} 16`]);
    expect(host.size).toBe(0);
    expect(clock.pending).toBe(0);
  });

  it('of a caller who hangs up while he speaks is kept when Asterisk says that the recording has ended', async () => {
    await speaking();
    host.stop(id);
    expect(host.size).toBe(0);
    recorded();
    expect(asked).toContain(`keep ${id}`);
    expect(ended).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('is kept although the event of its end was lost with the connection', async () => {
    await speaking();
    answers.goesOn = gone;
    await host.look();
    await until('voicemail-thanks');
  });

  it('is kept although the event of its end was lost, without any disconnection', async () => {
    await speaking();
    answers.goesOn = gone;
    clock.advance(185_000);
    await until('voicemail-thanks');
  });

  it('goes on being recorded when a look finds that it does', async () => {
    await speaking();
    await host.look();
    expect(asked).not.toContain(`keep ${id}`);
  });

  it.each(['play', 'record'] as const)(
    'ends the call when Asterisk has lost its channel (%s)',
    async (what) => {
      answers = { ...answers, record: gone, [what]: gone };
      host.start(call, voicemail);
      if (what === 'record') {
        await until('.s1 ');
        finish(1);
        await until('.s2 ');
        finish(2);
        await until('.s3 ');
        finish(3);
      }
      await until('ended');
      expect(clock.pending).toBe(0);
    },
  );
});

describe('keys', () => {
  it('interrupt what is said, and only that', async () => {
    host.start(call, voicemail);
    await until('.s1 ');
    key('#');
    await until('.s2 ko beep');
    expect(asked).toContain(`stop ${id}.s1`);
    // The end of the interrupted one comes late: it is not the tone's end.
    finish(1);
    expect(clock.pending).toBe(1);
    expect(asked.some((one) => one.startsWith('record'))).toBe(false);
  });

  it('of other channels, after the end, or of a call that is not served are nobody’s', async () => {
    host.onEvent({ type: 'dtmf', at, channelId: 'other', digit: '#', durationMs: 1 });
    host.start(call, voicemail);
    await until('.s1 ');
    host.stop(id);
    key('#');
    finish(1);
    expect(asked.filter((one) => one.startsWith('play'))).toHaveLength(1);
  });
});

describe('a service', () => {
  it('begins once, however often it is told', async () => {
    host.start(call, voicemail);
    host.start(call, voicemail);
    await until('.s1 ');
    expect(asked.filter((one) => one.startsWith('play'))).toHaveLength(1);
  });

  it('changes a setting and says so in the language of the member; what may not be set is refused', async () => {
    const set = (value: string): Service => ({
      name: 'set',
      member: mailbox,
      setting: 'forward-busy',
      value,
      language: 'ja',
    });
    host.start(call, set('0262'));
    await until('.s1 ja forward-busy-on digit-0 digit-2 digit-6 digit-2');
    host.stop(id);
    host.start(call, set('110'));
    await until('.s1 ja setting-refused');
  });

  it('whose playback never ends goes on after four minutes', async () => {
    host.start(call, voicemail);
    await until('.s1 ');
    clock.advance(240_000);
    await until('.s2 ko beep');
  });

  it('stops without a trace, twice without harm', async () => {
    await speaking();
    host.stop(id);
    host.stop(id);
    expect(asked.filter((one) => one === 'release')).toHaveLength(1);
  });
});

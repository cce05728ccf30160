import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Ends, plain, textOf } from '../lab/torture/build.js';
import { mutated, numbersFrom } from '../lab/torture/mutate.js';
import { rfc4475 } from '../lab/torture/rfc4475.js';
import { hearEachOther, talking } from './support/talk.js';
import { inWorld } from './support/world.js';

const B = '0262006200082';
const MUTATIONS = 10_000;
/** After so many the node is asked whether it still answers: neither its socket's buffer nor its queues run over. */
const BATCH = 100;
const METHODS = [
  'REGISTER',
  'INVITE',
  'OPTIONS',
  'ACK',
  'BYE',
  'CANCEL',
  'REFER',
  'SUBSCRIBE',
  'NOTIFY',
  'INFO',
  'UPDATE',
  'PRACK',
  'MESSAGE',
  'PUBLISH',
];
const world = inWorld();

/** A stranger on loopback who sends whatever he likes to the node. */
describe('hostile SIP, while two talk', () => {
  let socket: Socket;
  let ends: Ends;
  let pings = 0;
  beforeAll(async () => {
    socket = createSocket({ type: 'udp4', recvBufferSize: 4 * 1024 * 1024 });
    socket.bind(0, '127.0.0.66');
    await once(socket, 'listening');
    ends = {
      from: `127.0.0.66:${socket.address().port}`,
      to: `${process.env['SIP_HOST']}:${process.env['SIP_PORT']}`,
    };
  });
  afterAll(() => {
    socket.close();
  });

  const send = (message: string | Buffer) =>
    new Promise<void>((resolve, reject) =>
      socket.send(message, Number(process.env['SIP_PORT']), process.env['SIP_HOST'], (error) =>
        error ? reject(error) : resolve(),
      ),
    );

  /** Resolves when the node has answered a plain request that was sent after all the others. */
  async function answers(): Promise<void> {
    const name = `ping-${++pings}`;
    const answered = new Promise<void>((resolve) => {
      const listen = (packet: Buffer) => {
        if (!packet.includes(`${name}@torture`)) return;
        socket.off('message', listen);
        resolve();
      };
      socket.on('message', listen);
    });
    await send(textOf(plain('OPTIONS', name, ends)));
    await answered;
  }

  /** The call goes on, Asterisk is the same process, and nobody but the two has a channel. */
  async function unharmed(work: () => Promise<void>): Promise<void> {
    const { phoneA, phoneB, records } = world;
    const since = new Date();
    const pid = asteriskPid();
    const both = await talking(phoneA, phoneB, B);
    await hearEachOther(both);
    const memory = residentKb(pid);
    await work();
    await answers();
    await hearEachOther(both);
    expect(asteriskPid()).toBe(pid);
    expect(residentKb(pid) - memory).toBeLessThan(150_000);
    await both.call.hangup();
    await Promise.all([both.call.ended(), both.arrived.ended()]);
    expect(await records.only(since)).toMatchObject({ endedBy: 'caller', reason: 'hangup' });
  }

  it('the messages of RFC 4475 harm nobody', async () => {
    expect(Object.keys(rfc4475)).toHaveLength(49);
    await unharmed(async () => {
      for (const torture of Object.values(rfc4475)) await send(torture(ends));
    });
  });

  it(`${MUTATIONS} mutated messages harm nobody`, async () => {
    const below = numbersFrom(4475);
    await unharmed(async () => {
      for (let sent = 0; sent < MUTATIONS; sent++) {
        const method = METHODS[below(METHODS.length)] ?? 'OPTIONS';
        await send(mutated(Buffer.from(textOf(plain(method, `m${sent}`, ends))), below));
        if (sent % BATCH === BATCH - 1) await answers();
      }
    });
  });
});

const asteriskPid = (): number =>
  Number(
    readFileSync(join(process.env['ANYDIAL_STATE_DIR'] ?? '', 'run/asterisk.pid'), 'utf8').split(' ')[0],
  );

const residentKb = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);

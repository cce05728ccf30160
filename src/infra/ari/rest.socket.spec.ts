import { beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../kernel/clock.js';
import type { RestAnswer, RestRequest } from './rest.js';
import { SocketChannel } from './rest.socket.js';

const DEADLINE_MS = 5_000;
const SLOW_MS = 50;
const HANGUP: RestRequest = { method: 'DELETE', path: '/channels/c1?reason_code=16' };
const CREATE: RestRequest = { method: 'POST', path: '/channels/create', body: { variables: { A: 'ü"' } } };

interface Sent {
  readonly request_id: string;
  readonly [field: string]: unknown;
}

let clock: ManualClock;
let overHttp: string[];
let channel: SocketChannel;

/** An open socket on which the test answers by hand. */
class Line {
  readonly sent: Sent[] = [];
  send(message: string): void {
    this.sent.push(JSON.parse(message) as Sent);
  }
  answer(at: number, status = 204, body?: string): void {
    const response = { type: 'RESTResponse', request_id: this.sent[at]?.request_id, status_code: status };
    expect(channel.take(body === undefined ? response : { ...response, message_body: body })).toBe(true);
  }
}

/** A socket that has answered its ping. */
async function proven(): Promise<Line> {
  const line = new Line();
  channel.opened(line);
  line.answer(0, 200);
  await settled();
  return line;
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  clock = new ManualClock();
  overHttp = [];
  const http = {
    send: async ({ method, path }: RestRequest): Promise<RestAnswer> => {
      overHttp.push(`${method} ${path}`);
      return { kind: 'answered', status: 299, body: '' };
    },
    close: () => overHttp.push('closed'),
  };
  channel = new SocketChannel(http, clock, { deadlineMs: DEADLINE_MS, slowMs: SLOW_MS });
});

describe('requests over the event socket', () => {
  it('are sent as Asterisk wants them, and answered by id in any order', async () => {
    const line = await proven();
    const both = [channel.send(HANGUP), channel.send(CREATE)];
    expect(line.sent.slice(1)).toEqual([
      expect.objectContaining({ type: 'RESTRequest', method: 'DELETE', uri: 'channels/c1?reason_code=16' }),
      expect.objectContaining({
        uri: 'channels/create',
        content_type: 'application/json',
        message_body: '{"variables":{"A":"ü\\""}}',
      }),
    ]);
    line.answer(2, 200, '{"id":"c2"}');
    line.answer(1);
    expect(await Promise.all(both)).toEqual([
      { kind: 'answered', status: 204, body: '' },
      { kind: 'answered', status: 200, body: '{"id":"c2"}' },
    ]);
    expect(overHttp).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('keep their order from the answered ping on, but not while an answer is overdue', async () => {
    expect(channel.keepsOrder).toBe(false);
    const line = await proven();
    expect(channel.keepsOrder).toBe(true);
    void channel.send(HANGUP);
    clock.advance(SLOW_MS + 1);
    expect(channel.keepsOrder).toBe(false);
    line.answer(1);
    expect(channel.keepsOrder).toBe(true);
  });

  it('events are not taken', () => {
    expect(channel.take({ type: 'StasisStart', request_id: '1', status_code: 204 })).toBe(false);
    expect(channel.take(undefined)).toBe(false);
  });

  it('an answer that nobody waits for, or without a status, answers nothing', async () => {
    const line = await proven();
    const answer = channel.send(HANGUP);
    channel.take({ type: 'RESTResponse', request_id: '999', status_code: 204 });
    channel.take({ type: 'RESTResponse', request_id: line.sent[1]?.request_id });
    line.answer(1, 404);
    expect(await answer).toMatchObject({ status: 404 });
  });

  it('unanswered at the deadline: unknown', async () => {
    await proven();
    const answer = channel.send(HANGUP);
    clock.advance(DEADLINE_MS);
    expect(await answer).toEqual({ kind: 'unanswered', message: `no answer within ${DEADLINE_MS} ms` });
  });

  it('the socket closes: what was not answered is unknown at once, and later requests go over HTTP', async () => {
    const line = await proven();
    const answer = channel.send(HANGUP);
    channel.closed(line);
    expect(await answer).toMatchObject({ kind: 'unanswered' });
    expect(clock.pending).toBe(0);
    expect(await channel.send(HANGUP)).toMatchObject({ status: 299 });
  });

  it('the end of an earlier socket is nothing to a later one', async () => {
    const earlier = await proven();
    channel.closed(earlier);
    const line = await proven();
    const answer = channel.send(HANGUP);
    channel.closed(earlier);
    line.answer(1);
    expect(await answer).toMatchObject({ status: 204 });
  });
});

describe('HTTP is used', () => {
  it('without a socket, and until an open one has answered a ping', async () => {
    await channel.send(HANGUP);
    const line = new Line();
    channel.opened(line);
    await channel.send(HANGUP);
    expect(overHttp).toHaveLength(2);
    line.answer(0, 404);
    await settled();
    await channel.send(HANGUP);
    expect(overHttp).toHaveLength(3);
    expect(line.sent).toHaveLength(1);
  });

  it('for what only asks, since its answer may be long', async () => {
    const line = await proven();
    await channel.send({ method: 'GET', path: '/channels' });
    expect(overHttp).toEqual(['GET /channels']);
    expect(line.sent).toHaveLength(1);
  });

  it('while an answer on the socket is overdue, even after its deadline, until it comes', async () => {
    const line = await proven();
    const slow = channel.send(CREATE);
    clock.advance(SLOW_MS);
    void channel.send(HANGUP);
    expect(line.sent).toHaveLength(3);
    clock.advance(1);
    await channel.send(HANGUP);
    clock.advance(DEADLINE_MS);
    expect(await slow).toMatchObject({ kind: 'unanswered' });
    await channel.send(HANGUP);
    expect(overHttp).toHaveLength(2);
    line.answer(1, 200);
    line.answer(2);
    void channel.send(HANGUP);
    expect(line.sent).toHaveLength(4);
    expect(overHttp).toHaveLength(2);
  });

  it('closing closes it', () => {
    channel.close();
    expect(overHttp).toEqual(['closed']);
  });
});

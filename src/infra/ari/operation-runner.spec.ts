import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../kernel/clock.js';
import { Secret } from '../../kernel/secret.js';
import { newAriStats } from './ari-stats.js';
import { OperationRunner, type Ordered } from './operation-runner.js';
import type { OperationTable } from './operations.js';
import type { RestAnswer, RestChannel, RestRequest } from './rest.js';

const TABLE: OperationTable = {
  'bridges.addChannel': { method: 'POST', path: '/bridges/{bridgeId}/addChannel', parameters: [] },
  'channels.dial': { method: 'POST', path: '/channels/{channelId}/dial', parameters: [] },
};
const BOTH: readonly Ordered[] = [
  { name: 'bridges.addChannel', parameters: { bridgeId: 'b', channel: ['c'] } },
  { name: 'channels.dial', parameters: { channelId: 'c', timeout: 45 } },
];

/** A channel whose answers the test gives by hand. */
class Hand implements RestChannel {
  readonly sent: string[] = [];
  private readonly waiting: ((answer: RestAnswer) => void)[] = [];
  constructor(readonly keepsOrder: boolean) {}
  send({ path }: RestRequest): Promise<RestAnswer> {
    this.sent.push(path);
    return new Promise((settle) => this.waiting.push(settle));
  }
  async answer(status: number): Promise<void> {
    this.waiting.shift()?.({ kind: 'answered', status, body: '' });
    await new Promise((resolve) => setImmediate(resolve));
  }
  close(): void {}
}

function runnerOn(channel: RestChannel): OperationRunner {
  const place = { url: 'http://127.0.0.1', username: 'u', password: new Secret('p') };
  const runner = new OperationRunner(place, channel, new ManualClock(), newAriStats());
  Object.assign(runner, { table: TABLE });
  return runner;
}

describe('operations in order', () => {
  it('leave together where their order is kept on the way', async () => {
    const channel = new Hand(true);
    const outcomes = runnerOn(channel).runInOrder(BOTH);
    expect(channel.sent).toEqual(['/bridges/{bridgeId}/addChannel', '/channels/{channelId}/dial']);
    await channel.answer(422);
    await channel.answer(204);
    expect((await outcomes).map(({ kind }) => kind)).toEqual(['gone', 'done']);
  });

  it('wait for each other elsewhere, and end with the first that is not done', async () => {
    const channel = new Hand(false);
    const outcomes = runnerOn(channel).runInOrder(BOTH);
    expect(channel.sent).toHaveLength(1);
    await channel.answer(204);
    expect(channel.sent).toHaveLength(2);
    await channel.answer(204);
    expect(await outcomes).toHaveLength(2);

    const refusing = new Hand(false);
    const ended = runnerOn(refusing).runInOrder(BOTH);
    await refusing.answer(404);
    expect((await ended).map(({ kind }) => kind)).toEqual(['gone']);
    expect(refusing.sent).toHaveLength(1);
  });
});

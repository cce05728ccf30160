import type { AgentAsks, CallHands } from '../../exchange/index.js';
import type { Db } from '../../infra/db/db.js';
import type { PageEvents } from '../../infra/http/events/page-events.js';
import type { Log } from '../../infra/log/log.js';
import type { Outbox } from '../../infra/outbox/outbox.js';
import type { Clock } from '../../kernel/clock.js';
import { orderCallback } from './callbacks.js';
import { Desk } from './desk.js';
import { House } from './house.js';
import { AskingDesk } from './nodes/asking-desk.js';
import { FarExchanges } from './nodes/far-exchanges.js';
import { NodeDesk } from './nodes/node-desk.js';
import { QueuePost } from './nodes/queue-post.js';
import type { Visit } from './queue.rows.js';
import { QueueStore } from './queue-store.js';
import { beginRecording, RecordingRules } from './recordings.js';
import { WriteBehind } from './write-behind.js';

export interface DeskWorld {
  readonly db: Db;
  readonly outbox: Outbox;
  readonly pages: Pick<PageEvents, 'tell'>;
  readonly log: Log;
  readonly clock: Clock;
  readonly node: string;
  /** Whether this process decides; absent: it is the only one. */
  readonly leads?: () => boolean;
}

export interface OpenedDesk {
  readonly desk: NodeDesk;
  /** For figures: all that is in memory. */
  readonly house: Pick<House, 'visits' | 'agents'>;
  /** The tables have changed. Several at once are one reading. */
  changed(): Promise<void>;
  /** This process decides from now on: all is read anew. */
  tookOver(): Promise<void>;
  /** Resolves when everything decided is written. */
  flushed(): Promise<void>;
}

/** Puts the parts of a desk together. */
export function openDesk({ db, outbox, pages, log, clock, node, leads = () => true }: DeskWorld): OpenedDesk {
  const house = new House();
  const store = new QueueStore(db, outbox);
  const post = new QueuePost(db, node);
  const rules = new RecordingRules(db);
  const writes = new WriteBehind(clock, log);
  let first = true;

  const read = async (): Promise<void> => {
    const decides = leads();
    const [loaded, open] = await Promise.all([
      store.load(),
      first && decides ? store.openVisits() : Promise.resolve([]),
      rules.load(),
    ]);
    // Where another exchange decides, agents are what the table says, each time.
    if (!decides) house.clear();
    house.setUp(loaded.queues, loaded.agents, loaded.talks);
    if (!decides) return;
    // Those of a former process: they stand in line again when their call says so.
    if (first) for (const visit of open) if (!house.visits.has(visit.id)) house.set(visit, false);
    first = false;
  };
  // One after another: what an older reading found never replaces what a newer one did.
  let reading: Promise<void> = Promise.resolve();
  const load = (): Promise<void> => {
    reading = reading.catch(() => undefined).then(read);
    return reading;
  };
  const record = async (visit: Visit, hands: CallHands): Promise<void> => {
    const rule = rules.of(visit.companyId, visit.country);
    if (rule.mode === 'never') return;
    const name = await beginRecording(db, log, visit, rule);
    if (name !== undefined) hands.record(visit.callId, name);
  };

  const desk = new Desk({
    house,
    store,
    writes,
    pages,
    clock,
    log,
    rules,
    leads,
    node,
    handsAt: (other) => far.handsAt(other),
    load,
    talks: (visit, hands) => void record(visit, hands),
    callBack: (visit, agent) => {
      const seconds = house.queues.get(visit.queueId)?.ringSeconds ?? 20;
      writes.push(() => orderCallback(db, outbox, visit, agent, seconds));
    },
  });
  const far: FarExchanges = new FarExchanges({ node, desk: () => desk, post, writes, clock, log });
  const agentAt = (asked: AgentAsks) => desk.agentAt(asked);
  const asking = new AskingDesk({ node, post, writes, store, clock, agentAt });
  const nodeDesk = new NodeDesk({ node, leads, desk, asking, far, post, store, clock, log });
  return {
    desk: nodeDesk,
    house,
    changed: oneAtATime(() => desk.changed()),
    tookOver: () => {
      first = true;
      return nodeDesk.tookOver();
    },
    flushed: () => writes.flushed(),
  };
}

/** While one runs, however many more are asked for are one more. */
function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const run = (): Promise<void> => {
    running = work().finally(() => {
      running = undefined;
    });
    return running;
  };
  return () => {
    if (running === undefined) return run();
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return run();
      });
    return next;
  };
}

import { Injectable } from '@nestjs/common';
import { err, type Failure, failure, ok, type Result } from '../../../kernel/result.js';
import type { PolicyName } from '../policies.js';
import { decideFor } from '../policy.js';
import type { Principal } from '../principal.js';
import type { Along } from './along.js';
import type { PageEvent, Place } from './page-event.js';

/** All keys of a topic: for whoever sees all companies. */
export const EVERY = '*';

/** What may be heard, and by whom. */
export interface PageTopic {
  readonly name: string;
  /** Who may hear it at all: the policy of the route that shows the same. */
  readonly policy: PolicyName;
  /**
   * Whose events this caller hears: a key, several, or `EVERY`; undefined for a key that is not his. `asked` is what stands behind the colon
   * (`queues:<company>`), undefined when nothing does.
   */
  hear(principal: Principal, asked: string | undefined): Heard | Promise<Heard>;
  /** What goes along with an event to whoever hears it under that key; undefined: nothing, and it waits for nobody. */
  along?(event: PageEvent, key: string): Promise<Along> | undefined;
}
export type Heard = string | readonly string[] | undefined;

/** One topic as a stream hears it. */
export interface Subscription {
  readonly topic: string;
  readonly keys: ReadonlySet<string>;
}

/** The topics of all modules; each adds its own when it starts. */
@Injectable()
export class PageTopics {
  private readonly topics = new Map<string, PageTopic>();

  add(...topics: readonly PageTopic[]): void {
    for (const topic of topics) {
      if (this.topics.has(topic.name)) throw new Error(`two modules have a topic ${topic.name}`);
      this.topics.set(topic.name, topic);
    }
  }

  /** What is asked for as `name` or `name:key`. A topic that does not exist, one that is not for him, somebody else's key: the same answer. */
  async subscribe(principal: Principal, wanted: string): Promise<Result<Subscription, TopicUnknown>> {
    const [name = '', asked] = wanted.split(':', 2);
    const topic = this.topics.get(name);
    if (topic === undefined || !this.isFor(principal, topic)) return err(unknown(wanted));
    const heard = await topic.hear(principal, asked);
    if (heard === undefined) return err(unknown(wanted));
    return ok({ topic: name, keys: new Set(typeof heard === 'string' ? [heard] : heard) });
  }

  along({ topic, key }: Place, event: PageEvent): Promise<Along> | undefined {
    return this.topics.get(topic)?.along?.(event, key);
  }

  private isFor({ roles, by, scopes }: Principal, { policy }: PageTopic): boolean {
    return decideFor(policy, { fromThisHost: false, signedIn: { roles, by, scopes } }) === 'allowed';
  }
}

export type TopicUnknown = Failure<'event-topic.not-found'>;
const unknown = (wanted: string): TopicUnknown =>
  failure('event-topic.not-found', `There is no topic ${wanted} for you.`, {
    hint: 'docs/events.md lists the topics, and who hears them',
  });

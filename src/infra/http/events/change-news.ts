import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { type CancelTimer, systemClock } from '../../../kernel/clock.js';
import type { PolicyName } from '../policies.js';
import { type Changing, changedBy, changing } from './changing.js';
import { PageEvents } from './page-events.js';
import { EVERY, PageTopics } from './page-topics.js';

/** Changes of this time leave together: a thousand requests in a second are two events. */
const TOGETHER_MS = 500;

/** Tells open pages that what they show was changed, by a request or by a job; which row is read from its own route. */
@Injectable()
export class ChangeNews implements OnModuleInit, OnModuleDestroy {
  private readonly waiting = new Set<Changing>();
  private cancel: CancelTimer | undefined;

  constructor(
    private readonly pages: PageEvents,
    private readonly topics: PageTopics,
  ) {}

  onModuleInit(): void {
    for (const [name, policy] of Object.entries(changing) as [Changing, PolicyName | null][]) {
      // Another module's topic, which hears of more.
      if (policy === null) continue;
      this.topics.add({ name, policy, hear: ({ companyId }) => (companyId === null ? EVERY : undefined) });
    }
  }

  /** While there is a database to tell it through. */
  onModuleDestroy(): void {
    if (this.cancel === undefined) return;
    this.cancel();
    this.send();
  }

  /** A request under that policy has succeeded. */
  asked(policy: string): void {
    this.tell(...changedBy(policy));
  }

  /** Once what changed is committed. */
  tell(...what: readonly Changing[]): void {
    for (const one of what) this.waiting.add(one);
    this.cancel ??= systemClock.after(TOGETHER_MS, () => this.send());
  }

  private send(): void {
    const all = [...this.waiting];
    this.waiting.clear();
    this.cancel = undefined;
    this.pages.tell(
      ...all.map((topic) => ({ at: [{ topic, key: 'all' }], type: `${topic}.changed`, data: {} })),
    );
  }
}

import type { Entered, QueueService } from '../../exchange/index.js';
import { spokenLanguageOf, spokenLanguages } from '../../exchange/index.js';
import { languageAt } from '../domain/queue/caller-language.js';
import type { House } from './house.js';
import { newVisit } from './new-visit.js';
import { isOpenAt, type QueueRow, type Visit } from './queue.rows.js';
import type { QueueDecider } from './queue-decider.js';
import type { QueueStore } from './queue-store.js';
import type { RecordingRules } from './recordings.js';

export interface EntranceParts {
  readonly house: House;
  readonly store: Pick<QueueStore, 'put' | 'remembered' | 'companyOf'>;
  readonly rules: Pick<RecordingRules, 'of'>;
  readonly decider: QueueDecider;
}

/** A caller comes to a queue: in which language he is spoken to, and whether he may wait. */
export class Entrance {
  constructor(private readonly parts: EntranceParts) {}

  async enter(callId: string, service: QueueService, node: string): Promise<Entered> {
    const { house, store, rules, decider } = this.parts;
    const before = house.visitIn(callId);
    if (before !== undefined) return { facts: this.again(before) };
    const queue = await this.queueOf(service);
    if (queue === undefined) return { word: 'closed' };
    const { number } = service.visitor;
    const remembered = number && (await store.remembered(queue.companyId, number));
    const { language: own, country } = service.visitor;
    const tongue = languageAt(
      { country, ...(own ? { own } : {}), ...(remembered ? { remembered } : {}) },
      queue.languages,
    );
    const language = 'language' in tongue ? tongue.language : null;
    const visit = newVisit(callId, service, queue, { node, language, at: decider.now });
    const refusal = this.refusalOf(queue, visit);
    if (refusal !== undefined) {
      decider.setVisit(visit, false);
      decider.endVisit(visit, refusal);
      return { word: refusal };
    }
    // Written before he hears anything: from here on he keeps his place whatever dies.
    await store.put(visit).catch(() => undefined);
    decider.setVisit(visit, false);
    const choices = 'ask' in tongue ? spokenLanguages.filter((one) => tongue.ask.includes(one)) : [];
    if (choices.length < 2 && language === null)
      decider.setVisit({ ...visit, language: choices[0] ?? 'en' }, false);
    const consent = rules.of(queue.companyId, country).mode === 'announced';
    const { announceSeconds } = queue;
    const spoken = spokenLanguageOf(language ?? choices[0] ?? service.language);
    return { facts: { language: spoken, choices, consent, announceSeconds } };
  }

  /** After a restart, or told twice: he is where he was, and has heard everything. */
  private again(visit: Visit): Extract<Entered, { facts: unknown }>['facts'] {
    const queue = this.parts.house.queues.get(visit.queueId);
    const language = spokenLanguageOf(visit.language ?? 'en');
    return { language, choices: [], consent: false, announceSeconds: queue?.announceSeconds ?? 30 };
  }

  private refusalOf(queue: QueueRow, visit: Visit): 'full' | 'closed' | undefined {
    // Whoever is put through to an agent talks with us already.
    const open =
      visit.onlyAgentId !== null || (isOpenAt(queue, visit.enteredAt) && this.parts.house.isStaffed(queue));
    if (!queue.enabled || !open) return 'closed';
    return this.parts.house.waitingIn(queue.id) >= queue.maxWaiting ? 'full' : undefined;
  }

  private async queueOf({ to }: QueueService): Promise<QueueRow | undefined> {
    if ('queue' in to) return this.parts.house.queues.get(to.queue);
    const companies = await this.parts.store.companyOf(to.member);
    return [...this.parts.house.queues.values()].find(
      ({ extension, companyId }) => extension === to.extension && companies.includes(companyId),
    );
  }
}

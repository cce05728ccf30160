import type { Failure, Result } from '../../kernel/result.js';
import { type CardActivations, readCardCode } from '../../membership/index.js';
import type { CardService } from '../domain/service.js';
import type { ServiceEvent } from '../services/domain/service-event.js';
import type { CardSlips } from './card-slips.js';

const DONE: ServiceEvent = { type: 'done' };
const NOTHING: ServiceEvent = { type: 'nothing' };
const REFUSED: ServiceEvent = { type: 'refused' };

/** Answers the card's service at a telephone. Who calls from it next is known before the user hears that it is done. */
export class CardDesk {
  constructor(
    private readonly activations: Pick<CardActivations, 'byCode' | 'end'>,
    private readonly slips: CardSlips,
    private readonly told: (deviceId: string, memberId: string) => Promise<void>,
  ) {}

  /** `keyed`: number and PIN code that the user was asked for; `''`: those that he dialled, if he did (else `nothing`). */
  async answer({ wish, deviceId }: CardService, channel: string, keyed: string): Promise<ServiceEvent> {
    if (wish === 'take-out') return this.outcome(await this.activations.end(deviceId, 'code'));
    const slip = keyed === '' ? this.slips.take(channel) : keyed;
    if (slip === undefined) return NOTHING;
    const code = readCardCode(slip);
    // Something that is no card at all is an attempt, too.
    const given = code ?? { number: 'unreadable', pin: '' };
    return this.outcome(await this.activations.byCode(given, deviceId));
  }

  private async outcome(
    result: Result<{ readonly deviceId: string; readonly memberId: string }, Failure>,
  ): Promise<ServiceEvent> {
    if (!result.ok) return REFUSED;
    await this.told(result.value.deviceId, result.value.memberId);
    return DONE;
  }
}

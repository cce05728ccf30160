import type { AriPort } from '../../infra/ari/ari.port.js';
import type { CancelTimer, Clock } from '../../kernel/clock.js';
import type { TrunkHealth } from './trunk-health.js';

/** Asterisk itself asks each trunk (OPTIONS) every half minute; looking at what it found more often gains nothing. */
const ROUND_MS = 10_000;
/** With very many trunks a round takes longer instead of keeping Asterisk busy. */
const BETWEEN_MS = 20;

/** Looks, one after the other and round and round, which trunks answer Asterisk's OPTIONS. Asterisk sends no event for it to us. */
export class TrunkPoll {
  private cancel: CancelTimer = () => undefined;
  private running = false;

  constructor(
    private readonly ari: Pick<AriPort, 'endpointOnline'>,
    private readonly trunks: () => Iterable<string>,
    private readonly health: Pick<TrunkHealth, 'saw'>,
    private readonly clock: Clock,
  ) {}

  start(): void {
    if (this.running) return;
    this.running = true;
    this.next([], 0);
  }

  stop(): void {
    this.running = false;
    this.cancel();
  }

  private next([trunk, ...rest]: readonly string[], wait: number): void {
    if (!this.running) return;
    this.cancel = this.clock.after(wait, () => {
      if (trunk === undefined) this.next([...this.trunks()], ROUND_MS);
      else void this.look(trunk).then(() => this.next(rest, BETWEEN_MS));
    });
  }

  private async look(trunk: string): Promise<void> {
    const found = await this.ari.endpointOnline(trunk);
    if (found.kind === 'done') this.health.saw(trunk, found.value ? 'reachable' : 'unreachable');
  }
}

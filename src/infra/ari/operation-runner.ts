import type { Clock } from '../../kernel/clock.js';
import type { Result } from '../../kernel/result.js';
import type { AriOutcome } from './ari.port.js';
import type { AriStats } from './ari-stats.js';
import type { AriParameters } from './generated/operations.js';
import { type DiscoveryFailure, discoverOperations } from './operations.discovery.js';
import { type DiscoverOptions, type OperationTable, requestOf, type UsedOperation } from './operations.js';
import { outcomeOf } from './outcome.js';
import type { RestChannel } from './rest.js';

/** Discovery starts a thread and loads ari-client: seconds on a busy machine, once per process. */
const DISCOVERY_DEADLINE_MS = 10_000;

/** One operation among others whose order counts. */
export type Ordered = {
  [Name in UsedOperation]: { readonly name: Name; readonly parameters: AriParameters[Name] };
}[UsedOperation];

/** Runs operations of the table that ari-client discovered; before `connect` every outcome is `unknown`. Always settles. */
export class OperationRunner {
  private table: OperationTable | undefined;
  private discovering: Promise<Result<OperationTable, DiscoveryFailure>> | undefined;

  constructor(
    private readonly options: DiscoverOptions,
    private readonly channel: RestChannel,
    private readonly clock: Clock,
    private readonly stats: AriStats,
  ) {}

  /** Discovers the operations unless that is done; callers at the same time share one attempt, a failed one may be repeated. */
  async connect(): Promise<Result<OperationTable, DiscoveryFailure>> {
    if (this.table !== undefined) return { ok: true, value: this.table };
    this.discovering ??= discoverOperations(this.options, this.clock, DISCOVERY_DEADLINE_MS);
    const found = await this.discovering;
    this.discovering = undefined;
    if (found.ok) this.table = found.value;
    return found;
  }

  async run<Name extends UsedOperation>(
    name: Name,
    parameters: AriParameters[Name],
  ): Promise<AriOutcome<unknown>> {
    const operation = this.table?.[name];
    if (operation === undefined) return { kind: 'unknown', message: `${name}: not connected yet` };
    this.stats.requestsInFlight += 1;
    const outcome = outcomeOf(name, await this.channel.send(requestOf(operation, parameters)));
    this.stats.requestsInFlight -= 1;
    this.stats.requests[outcome.kind] += 1;
    return outcome;
  }

  /**
   * Operations that are carried out one after the other, as given. Sent without waiting where the channel keeps their order: each is
   * then tried, whatever becomes of those before it. Elsewhere the first that is not done ends it.
   */
  async runInOrder(operations: readonly Ordered[]): Promise<readonly AriOutcome<unknown>[]> {
    const run = ({ name, parameters }: Ordered) => this.run(name, parameters);
    if (this.channel.keepsOrder === true) return Promise.all(operations.map(run));
    const outcomes: AriOutcome<unknown>[] = [];
    for (const operation of operations) {
      const outcome = await run(operation);
      outcomes.push(outcome);
      if (outcome.kind !== 'done') break;
    }
    return outcomes;
  }

  close(): void {
    this.channel.close();
  }
}

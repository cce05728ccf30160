import { Controller, Get } from '@nestjs/common';
import { houseOnly, type TrunkNow, trunksNow } from '../../exchange/index.js';
import { Db } from '../../infra/db/db.js';
import type { PolicyName } from '../../infra/http/policies.js';
import { decideAccess, Policy, ruleOf } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { JobQueues } from '../jobs/job-queues.js';
import {
  type CallsOverview,
  callsOverview,
  type LastCheck,
  lastCheck,
  openSettlements,
  waitingApprovals,
} from './overview.queries.js';

interface TrunksOverview {
  readonly enabled: number;
  readonly troubled: readonly Pick<TrunkNow, 'id' | 'name' | 'state' | 'since'>[];
}

interface Overview {
  readonly calls?: CallsOverview;
  readonly trunks?: TrunksOverview;
  readonly approvals?: { readonly waiting: number };
  /** Null: Redis does not answer. */
  readonly jobs?: { readonly failed: number; readonly waiting: number } | null;
  /** Null: never run. */
  readonly check?: LastCheck | null;
  readonly settlements?: readonly { readonly state: string; readonly count: number }[];
}

/** What needs somebody now: each part for whoever may see its own page; absent otherwise. */
@Controller('v1/console/overview')
export class OverviewController {
  constructor(
    private readonly db: Db,
    private readonly queues: JobQueues,
  ) {}

  /** Trunks in trouble, orders to approve, failed jobs, the ledger's check, settlements, and how calls go: the parts that you may see. */
  @Get()
  @Policy('console.read')
  async read(@CurrentPrincipal() principal: Principal): Promise<Overview> {
    houseOnly(principal);
    const part = async <T>(policy: PolicyName, look: () => Promise<T>): Promise<T | undefined> =>
      isFor(principal, policy) ? look() : undefined;
    const [calls, trunks, approvals, jobs, check, settlements] = await Promise.all([
      part('calls.live', () => callsOverview(this.db)),
      part('network.read', () => this.trunks()),
      part('shop.oversee', async () => ({ waiting: (await waitingApprovals(this.db))[0]?.count ?? 0 })),
      part('jobs.read', () => this.jobs()),
      part('billing-checks.read', async () => (await lastCheck(this.db))[0] ?? null),
      part('settlements.read', () => openSettlements(this.db)),
    ]);
    return {
      ...(calls && { calls }),
      ...(trunks && { trunks }),
      ...(approvals && { approvals }),
      ...(jobs === undefined ? {} : { jobs }),
      ...(check === undefined ? {} : { check }),
      ...(settlements && { settlements }),
    };
  }

  private async trunks(): Promise<TrunksOverview> {
    const all = (await trunksNow(this.db)).filter(({ enabled }) => enabled);
    const troubled = all
      .filter(({ state }) => state !== 'closed')
      .map(({ id, name, state, since }) => ({ id, name, state, since }));
    return { enabled: all.length, troubled };
  }

  /** Redis away is no reason to show nothing of all the rest. */
  private async jobs(): Promise<{ readonly failed: number; readonly waiting: number } | null> {
    const queues = await this.queues.list().catch(() => undefined);
    if (queues === undefined) return null;
    const sum = (state: 'failed' | 'waiting') =>
      queues.reduce((total, { counts }) => total + counts[state], 0);
    return { failed: sum('failed'), waiting: sum('waiting') };
  }
}

const isFor = ({ roles, by }: Principal, policy: PolicyName): boolean =>
  decideAccess(ruleOf(policy), { fromThisHost: false, signedIn: { roles, by } }) === 'allowed';

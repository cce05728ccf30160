import { Controller, Get } from '@nestjs/common';
import { houseOnly, trunksNow } from '../../exchange/index.js';
import { Db } from '../../infra/db/db.js';
import type { PolicyName } from '../../infra/http/policies.js';
import { decideAccess, Policy, ruleOf } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { JobQueues } from '../jobs/job-queues.js';
import { callsOverview, lastCheck, openSettlements, waitingApprovals } from './overview.queries.js';

/** What needs somebody now: each part for whoever may see its own page; absent otherwise. */
@Controller('v1/console/overview')
export class OverviewController {
  constructor(
    private readonly db: Db,
    private readonly queues: JobQueues,
  ) {}

  @Get()
  @Policy('console.read')
  async read(@CurrentPrincipal() principal: Principal) {
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
    return { calls, trunks, approvals, jobs, check, settlements };
  }

  private async trunks() {
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

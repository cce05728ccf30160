import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Db } from '../../infra/db/db.js';
import { Listener } from '../../infra/db/listen.js';
import { type Plan, storedPlan } from '../../numbering/index.js';

/** Tables of the plan: a change of any of them makes what is remembered old. */
const PLAN_TABLES =
  /^(routing_setting|feature_code|short_code|identifier_code|voip_carrier|carrier_pattern):/;

/** The number plan, read once and again after it changed. */
@Injectable()
export class PlanSource implements OnApplicationShutdown {
  private reading: Promise<Plan> | undefined;
  private readonly stops: readonly (() => void)[];

  constructor(
    private readonly db: Db,
    listener: Listener,
  ) {
    this.stops = [
      listener.on('directory', (told) => {
        if (PLAN_TABLES.test(told)) this.reading = undefined;
      }),
      listener.onResync(() => {
        this.reading = undefined;
      }),
    ];
  }

  onApplicationShutdown(): void {
    for (const stop of this.stops) stop();
  }

  plan(): Promise<Plan> {
    this.reading ??= this.read();
    return this.reading;
  }

  private async read(): Promise<Plan> {
    try {
      const stored = await storedPlan(this.db);
      if (!stored.ok) throw new Error(`the number plan cannot be: ${stored.failure.join('; ')}`);
      return stored.value.plan;
    } catch (error) {
      this.reading = undefined;
      throw error;
    }
  }
}

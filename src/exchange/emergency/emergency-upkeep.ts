import type { AsteriskConsole } from '../../infra/ari/console.js';
import type { Sql } from '../../infra/db/sql.js';
import { writeEmergencyPlan } from './emergency-files.js';
import { emergencyGateways } from './emergency-gateways.js';
import { emergencyPlan } from './emergency-plan.js';

interface UpkeepLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface PlanPlace {
  /** `generated` in Asterisk's configuration. */
  readonly directory: string;
  /** The node's own address. */
  readonly mediaAddress: string;
}

/** Keeps the static way out for emergency calls as the trunks are, so that it is right on the day when nothing else works. */
export class EmergencyUpkeep {
  private work: Promise<void> = Promise.resolve();
  /** Written, but Asterisk could not be told yet. */
  private untold = false;

  constructor(
    private readonly sql: Pick<Sql, 'rows'>,
    private readonly console: Pick<AsteriskConsole, 'run'>,
    private readonly place: PlanPlace,
    private readonly log: UpkeepLog,
  ) {}

  /** A notification as the tables' triggers write it: `<table>:<key>`. */
  changed(payload: string): void {
    if (payload.startsWith('trunk:')) this.renew();
  }

  /** Changes may have been missed, of the trunks or by Asterisk. */
  renew(): void {
    this.work = this.work
      .then(() => this.bring())
      .catch((error: unknown) => {
        this.log.warn({ err: error }, 'the emergency plan could not be renewed; the last one stays in force');
      });
  }

  /** Resolves when every change so far is in force, or was given up. */
  settled(): Promise<void> {
    return this.work;
  }

  private async bring(): Promise<void> {
    const gateways = await emergencyGateways(this.sql);
    const plan = emergencyPlan(gateways, this.place.mediaAddress);
    const changed = await writeEmergencyPlan(this.place.directory, plan);
    if (!changed && !this.untold) return;
    this.untold = true;
    for (const command of [
      ['dialplan', 'reload'],
      ['module', 'reload', 'res_pjsip.so'],
    ]) {
      const told = await this.console.run(...command);
      if (!told.ok) throw new Error(told.failure.message);
    }
    this.untold = false;
    this.log.info({ countries: gateways.map(({ country }) => country) }, 'a new emergency plan is in force');
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { ARI_STATS } from '../infra/ari/ari.module.js';
import { AriClientTransport } from '../infra/ari/ari-client.transport.js';
import type { AriStats } from '../infra/ari/ari-stats.js';
import { type HealthCheck, ReportsHealth } from '../infra/health/reports-health.js';

/** 22.9.0 deadlocks under load (asterisk#1962) and 22.10.1 is the first that we measured. */
export const OLDEST_ASTERISK = [22, 10, 1] as const;

/** Asterisk answers requests, sends us its events, and is new enough. */
@Injectable()
@ReportsHealth('asterisk')
export class AsteriskHealth implements HealthCheck {
  constructor(
    private readonly asterisk: AriClientTransport,
    @Inject(ARI_STATS) private readonly stats: AriStats,
  ) {}

  async check(): Promise<{ version: string }> {
    const outcome = await this.asterisk.version();
    if (outcome.kind !== 'done') throw new Error(`Asterisk does not answer: ${outcome.message}`);
    const version = outcome.value;
    if (!isNewEnough(version)) {
      throw new Error(`Asterisk ${version} is too old: ${OLDEST_ASTERISK.join('.')} or newer is needed`);
    }
    if (!this.stats.live) throw new Error('Asterisk answers, but its event stream is not up');
    return { version };
  }
}

/** `22.10.1~dfsg-1` is 22.10.1. A version that can't be read is not new enough. */
export function isNewEnough(version: string): boolean {
  const [, ...parts] = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(version) ?? [];
  if (parts.length === 0) return false;
  const found = parts.map((part) => Number(part ?? 0));
  for (const [at, least] of OLDEST_ASTERISK.entries()) {
    const part = found[at] ?? 0;
    if (part !== least) return part > least;
  }
  return true;
}

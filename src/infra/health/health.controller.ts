import { Controller, Get, HttpException, type OnModuleInit, Req, Res } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import {
  type HealthCheckResult,
  HealthCheckService,
  type HealthIndicatorFunction,
  HealthIndicatorService,
} from '@nestjs/terminus';
import type { Request, Response } from 'express';
import { fromThisHost } from '../http/from-this-host.js';
import { Policy } from '../http/policy.js';
import { Draining } from '../life/draining.js';
import { type HealthCheck, healthNameOf } from './reports-health.js';

const DEADLINE_MS = 1_000;
/** A storm of probes asks each part at most once per this time. */
const REUSE_MS = 250;

@Controller('health')
export class HealthController implements OnModuleInit {
  private checks: readonly HealthIndicatorFunction[] = [];

  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly discovery: DiscoveryService,
    private readonly draining: Draining,
  ) {}

  onModuleInit(): void {
    this.checks = this.discovery.getProviders().flatMap(({ instance, metatype }) => {
      const name = typeof metatype === 'function' ? healthNameOf(metatype) : undefined;
      return name === undefined ? [] : [this.indicatorOf(name, instance as HealthCheck)];
    });
  }

  /** The process runs and its event loop turns: a supervisor restarts it when this fails. Says nothing about others. */
  @Get('live')
  @Policy('health.read')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** 200 when every part this process needs answers within 1 s, 503 otherwise, and from the order to end on; the reasons only to callers on this host. */
  @Get('ready')
  @Policy('health.read')
  async ready(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    if (this.draining.begun) {
      response.status(503).set('retry-after', '5');
      return { status: 'draining', parts: {} };
    }
    const result = await this.health.check([...this.checks]).catch(resultOf);
    response.status(result.status === 'ok' || result.status === 'degraded' ? 200 : 503);
    return fromThisHost(request) ? { status: result.status, parts: result.details } : withoutReasons(result);
  }

  private indicatorOf(name: string, part: HealthCheck): HealthIndicatorFunction {
    return async () =>
      this.indicators
        .check(name)
        .attempt(({ signal }) => part.check(signal))
        .withTimeout(DEADLINE_MS)
        .cacheFor(REUSE_MS);
  }
}

/** Terminus throws its result when something is down; anything else is a surprise. */
function resultOf(error: unknown): HealthCheckResult {
  if (error instanceof HttpException) return error.getResponse() as HealthCheckResult;
  throw error;
}

function withoutReasons(result: HealthCheckResult) {
  const parts = Object.entries(result.details).map(([name, part]) => [name, { status: part.status }]);
  return { status: result.status, parts: Object.fromEntries(parts) };
}

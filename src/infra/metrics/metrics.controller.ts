import { Controller, Get, Header } from '@nestjs/common';
import { Registry } from 'prom-client';
import { Policy } from '../http/policy.js';

@Controller('metrics')
export class MetricsController {
  constructor(private readonly registry: Registry) {}

  /** Prometheus text format 0.0.4. */
  @Get()
  @Policy('metrics.read')
  @Header('content-type', Registry.PROMETHEUS_CONTENT_TYPE)
  read(): Promise<string> {
    return this.registry.metrics();
  }
}

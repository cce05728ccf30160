import { Controller, Get, Header } from '@nestjs/common';
import { Registry } from 'prom-client';
import { AnswersWith } from '../http/openapi/answers-with.js';
import { Policy } from '../http/policy.js';

@Controller('metrics')
export class MetricsController {
  constructor(private readonly registry: Registry) {}

  /** Prometheus text format 0.0.4. */
  @Get()
  @Policy('metrics.read')
  @Header('content-type', Registry.PROMETHEUS_CONTENT_TYPE)
  @AnswersWith('text/plain')
  read(): Promise<string> {
    return this.registry.metrics();
  }
}

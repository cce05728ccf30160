import { Global, Module } from '@nestjs/common';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { CONFIG, type Config } from '../../config.js';
import { MetricsController } from './metrics.controller.js';

/**
 * The process's Prometheus registry: inject prom-client's `Registry` and give it to a metric's `registers`.
 * Names begin with `anydial_`, end in the unit (`_seconds`, `_total`), and labels have few values: never a number or an id.
 */
@Global()
@Module({
  controllers: [MetricsController],
  providers: [
    {
      provide: Registry,
      inject: [CONFIG],
      useFactory: (config: Config) => {
        const registry = new Registry();
        registry.setDefaultLabels({ instance_name: config.instance });
        // Node's delay histogram wakes the process that often; by default a hundred times a second.
        collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 200 });
        return registry;
      },
    },
  ],
  exports: [Registry],
})
export class MetricsModule {}

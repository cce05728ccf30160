import type { Config } from '../../config.js';
import { traceBy } from './tracing.js';

/** Turns tracing on where it is configured: only then is OpenTelemetry loaded at all. */
export async function startTracing({ tracing, instance, roles }: Config): Promise<void> {
  if (tracing === undefined) return;
  const { otlpTracer } = await import('./otlp.js');
  traceBy(otlpTracer({ ...tracing, instance, roles: [...roles].join('+') }));
}

import {
  context,
  createContextKey,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, RandomIdGenerator, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Place } from './place.js';
import type { LiveSpan, SpanBegun, Tracer } from './tracing.js';

export interface OtlpOptions {
  /** The collector's OTLP/HTTP address; `/v1/traces` is added to it. */
  readonly endpoint: string;
  /** Which part of all traces is written down, 0 to 1. */
  readonly share: number;
  readonly instance: string;
  readonly roles: string;
}

const PLACES = createContextKey('anydial places');
const KINDS = {
  server: SpanKind.SERVER,
  consumer: SpanKind.CONSUMER,
  internal: SpanKind.INTERNAL,
} as const;
/** A collector that is away costs us so many spans in memory, and no more. */
const QUEUE = { maxQueueSize: 4_096, maxExportBatchSize: 512, scheduledDelayMillis: 1_000 };
const SEND_WITHIN_MS = 3_000;

/** Spans to an OpenTelemetry collector (OTLP over HTTP). The only file that loads OpenTelemetry. */
export function otlpTracer(options: OtlpOptions): Tracer {
  let fixed: Place | undefined;
  const random = new RandomIdGenerator();
  const exporter = new OTLPTraceExporter({
    url: `${options.endpoint.replace(/\/$/, '')}/v1/traces`,
    timeoutMillis: SEND_WITHIN_MS,
  });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': 'anydial',
      'service.instance.id': options.instance,
      'anydial.roles': options.roles,
    }),
    spanProcessors: [new BatchSpanProcessor({ exporter, ...QUEUE })],
    idGenerator: {
      generateTraceId: () => fixed?.traceId ?? random.generateTraceId(),
      generateSpanId: () => fixed?.spanId ?? random.generateSpanId(),
    },
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const tracer = provider.getTracer('anydial');

  return {
    share: options.share,
    begin: ({ name, kind = 'internal', parent, place, at, attributes = {} }: SpanBegun): LiveSpan => {
      if ((parent ?? place)?.sampled === false) return unwritten(parent ?? place);
      fixed = place;
      const span = tracer.startSpan(
        name,
        { kind: KINDS[kind], attributes, ...(at === undefined ? {} : { startTime: at }) },
        parent === undefined ? ROOT_CONTEXT : below(parent),
      );
      fixed = undefined;
      return live(span);
    },
    within: (places, work) => context.with(context.active().setValue(PLACES, places), work),
    places: () => (context.active().getValue(PLACES) as readonly Place[] | undefined) ?? [],
    stop: () => provider.shutdown().catch(() => undefined),
  };
}

const below = ({ traceId, spanId }: Place) =>
  trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true });

function live(span: Span): LiveSpan {
  const { traceId, spanId } = span.spanContext();
  return {
    place: { traceId, spanId, sampled: true },
    event: (name, at) => void span.addEvent(name, at),
    end: ({ at, attributes, failed } = {}) => {
      if (attributes !== undefined) span.setAttributes(attributes);
      // An error's text may hold a statement's values.
      if (failed !== undefined)
        span.setStatus({
          code: SpanStatusCode.ERROR,
          message: failed instanceof Error ? failed.name : 'failed',
        });
      span.end(at);
    },
  };
}

const unwritten = (place: Place | undefined): LiveSpan => ({
  place: place ?? { traceId: '0'.repeat(32), spanId: '0'.repeat(16), sampled: false },
  event: () => undefined,
  end: () => undefined,
});

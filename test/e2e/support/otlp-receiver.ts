import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { History } from '../../lab/history.js';

/** A span as a collector gets it (OTLP/HTTP, JSON). */
export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly {
    readonly key: string;
    readonly value: Readonly<Record<string, unknown>>;
  }[];
}

interface Export {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly Span[] }[] }[];
}

/** What an OpenTelemetry collector does with what it is sent: takes it, and knows it. */
export class OtlpReceiver {
  readonly spans = new History<Span>('the collector', ({ traceId, name }) => `${traceId} ${name}`);
  private server: Server | undefined;

  /** Its address, for `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  async open(): Promise<string> {
    const server = createServer(async (request, response) => {
      const told = request.url === '/v1/traces' ? (JSON.parse(await text(request)) as Export) : undefined;
      for (const { scopeSpans } of told?.resourceSpans ?? [])
        for (const { spans } of scopeSpans) for (const span of spans) this.spans.add(span);
      response.writeHead(told === undefined ? 404 : 200, { 'content-type': 'application/json' }).end('{}');
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  /** The spans of a trace so far. */
  of(traceId: string): readonly Span[] {
    return this.spans.items.filter((span) => span.traceId === traceId);
  }
}

export const attribute = ({ attributes }: Span, key: string): unknown =>
  Object.values(attributes.find((one) => one.key === key)?.value ?? {})[0];

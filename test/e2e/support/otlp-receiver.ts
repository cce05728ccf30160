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

  /**
   * A trace in one piece: spans of these names have come, and of every span that came the parent too. A process sends its
   * spans in batches, and the outer ones end last.
   */
  async whole(traceId: string, names: readonly string[]): Promise<readonly Span[]> {
    const one = (what: string, matches: (span: Span) => boolean) =>
      this.spans.first(what, (span) => span.traceId === traceId && matches(span));
    for (const name of names) await one(name, (span) => span.name === name);
    const of = () => this.spans.items.filter((span) => span.traceId === traceId);
    for (let parent = orphansParent(of()); parent !== undefined; parent = orphansParent(of())) {
      const id = parent;
      await one(`the parent ${id}`, ({ spanId }) => spanId === id);
    }
    return of();
  }
}

/** The parent that one of these names and none of them is. */
function orphansParent(spans: readonly Span[]): string | undefined {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  return spans.map(({ parentSpanId }) => parentSpanId).find((id) => id && !ids.has(id));
}

export const attribute = ({ attributes }: Span, key: string): unknown =>
  Object.values(attributes.find((one) => one.key === key)?.value ?? {})[0];

import type { NextFunction, Request, Response } from 'express';
import { newId } from '../../kernel/ids.js';
import { placeOf } from './place.js';
import { tracing } from './tracing.js';

/**
 * A trace for each request, which what it leaves in the outbox goes on with. A caller's own `traceparent` is not taken up: anybody
 * could write into any call's trace. The name has the route's pattern, never the path: paths name people.
 */
export function tracesRequests(
  request: Request & { id?: string },
  response: Response,
  next: NextFunction,
): void {
  const tracer = tracing();
  if (tracer === undefined || request.path.startsWith('/health/') || request.path === '/metrics') {
    next();
    return;
  }
  const span = tracer.begin({
    name: request.method,
    kind: 'server',
    place: placeOf(request.id ?? newId(), tracer.share),
    attributes: { 'http.request.method': request.method },
  });
  response.once('close', () => {
    const route: unknown = request.route?.path;
    span.end({
      attributes: {
        'http.response.status_code': response.statusCode,
        ...(typeof route === 'string' ? { 'http.route': route } : {}),
      },
      ...(response.statusCode >= 500 ? { failed: new Error(String(response.statusCode)) } : {}),
    });
  });
  tracer.within([span.place], next);
}

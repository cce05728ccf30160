import type { NextFunction, Request, Response } from 'express';
import { Histogram, type Registry } from 'prom-client';

/**
 * How long answers take. The path is told by its first two parts (`v1/members`): what comes after them names people. Streams of events
 * are left out: they end when their page is closed.
 */
export function timesRequests(registry: Registry) {
  const seconds = new Histogram({
    name: 'anydial_http_request_seconds',
    help: 'From a request to the end of its answer, by method, area of the API and status class',
    labelNames: ['method', 'area', 'status'],
    buckets: [0.01, 0.05, 0.25, 1, 5],
    registers: [registry],
  });
  return (request: Request, response: Response, next: NextFunction): void => {
    const began = performance.now();
    response.once('finish', () => {
      const area = areaOf(request);
      if (area === 'v1/events') return;
      const status = `${Math.floor(response.statusCode / 100)}xx`;
      seconds.observe({ method: request.method, area, status }, (performance.now() - began) / 1_000);
    });
    next();
  };
}

/** Only areas that a route of ours answered: anybody may ask for any path. */
function areaOf(request: Request): string {
  const route: unknown = request.route?.path;
  if (typeof route !== 'string') return 'other';
  const [first = '', second = ''] = route.split('/').filter((part) => part !== '');
  if (!/^[a-z-]+\d?$/.test(first)) return 'pages';
  return /^[a-z-]+$/.test(second) ? `${first}/${second}` : first;
}

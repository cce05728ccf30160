import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import { Registry } from 'prom-client';
import type { Config } from '../../config.js';
import { newId } from '../../kernel/ids.js';
import { Draining } from '../life/draining.js';
import { tracesRequests } from '../trace/requests.js';
import { tracing } from '../trace/tracing.js';
import { timesRequests } from './http.metrics.js';
import { waitsForRequests } from './in-flight.js';
import { servePages } from './pages/pages.js';

const BODY_LIMIT = '256kb';

/** What Express needs before the first request: security headers, body limits, no fingerprints; for the web role, the pages. */
export function dressServer(
  app: NestExpressApplication,
  config: Pick<Config, 'http' | 'sip' | 'roles'>,
): void {
  app.use((request: Request & { id?: string }, response: Response, next: NextFunction) => {
    request.id = newId();
    response.set('x-request-id', request.id);
    next();
  });
  app.use(waitsForRequests(app.get(Draining)));
  if (tracing() !== undefined) app.use(tracesRequests);
  app.use(timesRequests(app.get(Registry)));
  const https = config.http.publicUrl.startsWith('https:');
  app.use(
    helmet({
      strictTransportSecurity: https ? { maxAge: 31_536_000 } : false,
      contentSecurityPolicy: {
        directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
        useDefaults: false,
      },
    }),
  );
  app.useBodyParser('json', { limit: BODY_LIMIT, strict: true });
  // Strong: the same bytes, so that If-Match may name it (RFC 9110, 8.8.3.2).
  app.set('etag', 'strong');
  app.set('query parser', 'simple');
  app.set('trust proxy', 'loopback');
  if (config.roles.has('web')) servePages(app, config);
}

import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import type { Config } from '../../../config.js';
import { contentSecurityPolicy, newNonce } from './policy-header.js';
import { encodingFor, wantsPage } from './wanted.js';

const YEAR_SECONDS = 31_536_000;
/**
 * The reader of QR codes is WebAssembly. It runs in a worker, whose policy comes with its own file, so that no page may compile any
 * (CSP Level 3 section 7.3; `wasm-unsafe-eval` lets no JavaScript be made of text).
 */
const READER = /\/assets\/qr-reader-[\w-]+\.js/;
const READER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
/** It hands on what pages are asked for, and keeps one page for when there is no connection. */
const SERVICE_WORKER_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'";
const NONCE_GAP = '%CSP_NONCE%';

/**
 * Serves what `vite build web` made: hashed files for ever, the rest to be asked about again, and the one HTML for every path of
 * the pages. Without a build (some tests) there are no pages, only REST.
 */
export function servePages(app: NestExpressApplication, config: Pick<Config, 'http' | 'sip'>): void {
  const folder = builtPages();
  if (folder === undefined) return;
  app.use(readyMade(folder));
  app.useStaticAssets(folder, {
    index: false,
    redirect: false,
    dotfiles: 'ignore',
    setHeaders: (response: Response, path: string) => {
      const hashed = path.startsWith(join(folder, 'assets'));
      if (READER.test(path)) response.set('content-security-policy', READER_POLICY);
      if (path === join(folder, 'sw.js')) response.set('content-security-policy', SERVICE_WORKER_POLICY);
      response.set('cache-control', hashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
    },
  });
  app.use(page(readFileSync(join(folder, 'index.html'), 'utf8'), config));
}

/** `dist/web` of the checkout or image that this file is part of, compiled or not. */
function builtPages(): string | undefined {
  let home = import.meta.dirname;
  while (!existsSync(join(home, 'package.json')) && dirname(home) !== home) home = dirname(home);
  const folder = join(home, 'dist/web');
  return existsSync(join(folder, 'index.html')) ? folder : undefined;
}

/** Sends the `.br` or `.gz` beside an asset to whoever takes it. */
function readyMade(folder: string) {
  const there = new Set(globSync('assets/*.{br,gz}', { cwd: folder }).map((file) => `/${file}`));
  const endings = { br: '.br', gzip: '.gz' } as const;
  return (request: Request, response: Response, next: NextFunction): void => {
    if (request.path.startsWith('/assets/')) {
      response.vary('accept-encoding');
      const encoding = encodingFor(request.headers['accept-encoding']);
      const file = encoding && `${request.path}${endings[encoding]}`;
      if (encoding !== undefined && file !== undefined && there.has(file)) {
        response.set('content-encoding', encoding).type(request.path.slice(request.path.lastIndexOf('.')));
        request.url = file;
      }
    }
    next();
  };
}

function page(html: string, config: Pick<Config, 'http' | 'sip'>) {
  return (request: Request, response: Response, next: NextFunction): void => {
    if (!wantsPage(request.method, request.path, request.headers.accept)) {
      next();
      return;
    }
    const nonce = newNonce();
    response
      .set('content-security-policy', contentSecurityPolicy(nonce, config))
      .set('permissions-policy', 'microphone=(self), camera=(self), geolocation=()')
      .set('cache-control', 'no-cache')
      .vary('accept')
      .type('html')
      .send(html.replaceAll(NONCE_GAP, nonce));
  };
}

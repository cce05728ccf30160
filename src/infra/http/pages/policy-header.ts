import { randomBytes } from 'node:crypto';
import type { Config } from '../../../config.js';

/** 128 random bits: what a page's own `<style>` elements show that they are ours (Mantine writes some). */
export const newNonce = (): string => randomBytes(16).toString('base64');

/** What a page may load and talk to: ourselves, by WebSocket too (the browser phone's `/sip`). No inline script, no eval, no frame. */
export function contentSecurityPolicy(nonce: string, config: Pick<Config, 'http'>): string {
  const https = config.http.publicUrl.startsWith('https:');
  // Not every browser takes 'self' for WebSockets, too.
  const sockets = new URL(config.http.publicUrl).origin.replace(/^http/, 'ws');
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self' ${sockets}`,
    "media-src 'self' blob:",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ...(https ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
}

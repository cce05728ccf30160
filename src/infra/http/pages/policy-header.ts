import { randomBytes } from 'node:crypto';
import type { Config } from '../../../config.js';

/** 128 random bits: what a page's own `<style>` elements show that they are ours (Mantine writes some). */
export const newNonce = (): string => randomBytes(16).toString('base64');

/** What a page may load and talk to: ourselves, and Asterisk's WebSocket for the browser phone. No inline script, no eval, no frame. */
export function contentSecurityPolicy(nonce: string, config: Pick<Config, 'http' | 'sip'>): string {
  const https = config.http.publicUrl.startsWith('https:');
  const phone = `${https ? 'wss' : 'ws'}://${config.sip.host}:${config.sip.wsPort}`;
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self' ${phone}`,
    "media-src 'self' blob:",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ...(https ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
}

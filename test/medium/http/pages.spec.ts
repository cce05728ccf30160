import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ask } from '../../support/http-client.js';
import { type TestApp, testApp } from '../../support/test-app.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { nowhere } from '../../support/test-redis.js';

const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'accept-encoding': 'gzip, br' };

describe('serving the pages', () => {
  let database: TestDatabase;
  let web: TestApp;
  beforeAll(async () => {
    database = await testDatabase();
    web = await testApp({
      databaseUrl: database.url,
      redisUrl: nowhere,
      publicUrl: 'https://phone.example.com',
    });
  });
  afterAll(async () => {
    await web.close();
    await database.remove();
  });
  const open = (path: string) => ask(web.url, `GET ${path}`, { headers: browser });

  test('every path of the pages is the same HTML, with a nonce of its own that the policy names', async () => {
    const [first, deep] = [await open('/'), await open('/member/numbers')];
    const nonces = [first, deep].map(({ text }) => /nonce="([^"]+)"/.exec(text)?.[1]);
    expect(first.text).toContain('<div id="root">');
    expect(new Set(nonces).size).toBe(2);
    expect(deep.headers.get('content-security-policy')).toContain(`style-src 'self' 'nonce-${nonces[1]}'`);
    expect(deep.headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(deep.headers.get('content-security-policy')).toContain(
      "connect-src 'self' wss://phone.example.com;",
    );
    expect(deep.headers.get('cache-control')).toBe('no-cache');
  });

  test('no script of the HTML is inline', async () => {
    const { text } = await open('/');
    const scripts = [...text.matchAll(/<script([^>]*)>/g)].map(([, attributes]) => attributes);
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter((attributes) => !/ src="\//.test(attributes ?? ''))).toEqual([]);
  });

  test('a hashed file is kept for ever and comes compressed; another is asked about again', async () => {
    const { text } = await open('/');
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(text)?.[1] ?? '';
    const compressed = await open(script);
    expect(compressed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(compressed.headers.get('content-encoding')).toBe('br');
    expect(compressed.headers.get('content-type')).toMatch(/^text\/javascript/);
    expect(compressed.headers.get('vary')?.toLowerCase()).toContain('accept-encoding');
    const plain = await ask(web.url, `GET ${script}`, { headers: { 'accept-encoding': 'identity' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(plain.text).toBe(compressed.text);
    expect((await open('/icon.svg')).headers.get('cache-control')).toBe('no-cache');
  });

  test.each([
    '/v1/nothing',
    '/assets/gone.js',
    '/favicon.ico',
    '/.built',
    '/..%2f..%2fpackage.json',
    '/index.html.map',
  ])('%s is no page', async (path) => {
    const { status, headers } = await open(path);
    expect(status).toBe(404);
    expect(headers.get('content-type')).toMatch(/problem\+json/);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  test('routes of REST stay routes', async () => {
    expect((await open('/v1/me')).status).toBe(401);
    expect((await open('/health/live')).status).toBe(200);
  });
});

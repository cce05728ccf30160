import { describe, expect, test } from '@jest/globals';
import { encodingFor, wantsPage } from './wanted.js';

const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

describe('wantsPage', () => {
  test.each([
    ['GET', '/', '*/*'],
    ['GET', '/member/numbers', browser],
    ['HEAD', '/shop', browser],
    ['GET', '/v1x', browser],
  ])('%s %s is a page', (method, path, accept) => {
    expect(wantsPage(method, path, accept)).toBe(true);
  });
  test.each([
    ['POST', '/shop', browser],
    ['GET', '/v1', browser],
    ['GET', '/v1/nothing', browser],
    ['GET', '/health/ready', browser],
    ['GET', '/metrics', browser],
    ['GET', '/assets/gone', browser],
    ['GET', '/favicon.ico', browser],
    ['GET', '/.env', browser],
    ['GET', '/shop', '*/*'],
    ['GET', '/shop', undefined],
  ])('%s %s (%s) is none', (method, path, accept) => {
    expect(wantsPage(method, path, accept)).toBe(false);
  });
});

describe('encodingFor', () => {
  test.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['identity', undefined],
    [undefined, undefined],
  ])('%s is answered with %s', (accept, expected) => {
    expect(encodingFor(accept)).toBe(expected);
  });
});

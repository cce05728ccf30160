import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TaxIds } from '../../../src/billing/tax-ids/tax-ids.service.js';
import { ViesRegistry } from '../../../src/billing/tax-ids/vies.registry.js';

/** A contract test against the published shapes; nobody has run this on the real service. */
let vies: Server;
let registry: ViesRegistry;
let asked: string[];
let answer: { readonly status: number; readonly body: string };
beforeAll(async () => {
  vies = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
  });
  await new Promise<void>((listening) => vies.listen(0, '127.0.0.1', listening));
  registry = new ViesRegistry(`http://127.0.0.1:${(vies.address() as AddressInfo).port}`);
});
afterAll(() => new Promise((closed) => vies.close(closed)));
beforeEach(() => {
  asked = [];
});
const says = (isValid: boolean, userError: string, status = 200) => {
  const body = {
    isValid,
    userError,
    requestDate: '2026-11-27T12:00:00.000Z',
    name: '---',
    address: '---',
    vatNumber: '1',
  };
  answer = { status, body: JSON.stringify({ ...body, viesApproximate: { matchName: 3 } }) };
};
const german = { country: 'DE', taxId: 'DE 136 695 976' };

describe('the registry of the European Union', () => {
  it('is asked by country and bare number, Greece as it calls it', async () => {
    says(true, 'VALID');
    expect(await registry.ask(german)).toBe('valid');
    expect(await registry.ask({ country: 'GR', taxId: 'EL 094259216' })).toBe('valid');
    expect(asked).toEqual(['GET /ms/DE/vat/136695976', 'GET /ms/EL/vat/094259216']);
  });

  it('says no only where it says so, and nothing while a member state is away', async () => {
    says(false, 'INVALID');
    expect(await registry.ask(german)).toBe('invalid');
    for (const [error, status] of [
      ['MS_UNAVAILABLE', 200],
      ['MS_MAX_CONCURRENT_REQ', 200],
      ['INVALID', 500],
    ] as const) {
      says(false, error, status);
      expect(await registry.ask(german)).toBe('unknown');
    }
    answer = { status: 200, body: '<html>' };
    expect(await registry.ask(german)).toBe('unknown');
    expect(await new ViesRegistry('http://127.0.0.1:1').ask(german)).toBe('unknown');
  });

  it('is not asked for who is outside, or for what cannot be', async () => {
    says(true, 'VALID');
    expect(await registry.ask({ country: 'KR', taxId: '116-82-00276' })).toBe('unknown');
    expect(await registry.ask({ country: 'DE', taxId: 'DE136695978' })).toBe('unknown');
    expect(asked).toEqual([]);
  });

  it('makes more of what is checked by its form, and nothing of what is not', async () => {
    const ids = new TaxIds(registry);
    says(true, 'VALID');
    expect(await ids.check(german)).toEqual({ ok: true, value: 'registry' });
    says(false, 'MS_UNAVAILABLE');
    expect(await ids.check(german)).toEqual({ ok: true, value: 'format' });
    says(false, 'INVALID');
    expect(await ids.check(german)).toMatchObject({ failure: { code: 'tax-id.mismatch' } });
    expect(await new TaxIds(undefined).check(german)).toEqual({ ok: true, value: 'format' });
  });
});

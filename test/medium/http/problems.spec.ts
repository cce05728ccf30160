import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Body, Controller, Post } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { z } from 'zod';
import { HttpModule } from '../../../src/infra/http/http.module.js';
import { Policy } from '../../../src/infra/http/policy.js';
import { ProblemError } from '../../../src/infra/http/problem.js';
import { dressServer } from '../../../src/infra/http/server.js';
import { isId } from '../../../src/kernel/ids.js';
import { failure } from '../../../src/kernel/result.js';
import { ask } from '../../support/http-client.js';
import { testConfig } from '../../support/test-config.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { testModule } from '../../support/test-module.js';
import { nowhere } from '../../support/test-redis.js';

const order = z.strictObject({
  number: z.string().max(20),
  lines: z.array(z.strictObject({ count: z.int() })),
});

@Controller('v1/orders')
class Orders {
  @Post()
  @Policy('session.start')
  create(@Body({ schema: order }) wanted: z.output<typeof order>) {
    if (wanted.number === 'boom') throw new Error('secret detail: password is swordfish');
    if (wanted.number === 'taken') {
      throw new ProblemError(failure('number.taken', 'Somebody has it.', { hint: 'choose another' }));
    }
    return wanted;
  }
}

describe('problems', () => {
  let database: TestDatabase;
  let app: NestExpressApplication;
  let url: string;
  beforeAll(async () => {
    database = await testDatabase();
    const config = testConfig({ databaseUrl: database.url, redisUrl: nowhere });
    const module = await testModule(config, {}, { imports: [HttpModule], controllers: [Orders] });
    app = module.createNestApplication<NestExpressApplication>({ bodyParser: false });
    dressServer(app, config);
    await app.listen(0, '127.0.0.1');
    url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await app.close();
    await database.remove();
  });
  const send = (body: unknown, headers = {}) => ask(url, 'POST /v1/orders', { body, headers });

  test('a right request gets the parsed value', async () => {
    const body = { number: '1', lines: [{ count: 2 }] };
    expect(await send(body)).toMatchObject({ status: 201, body });
  });

  test('an expected failure is told with status, code, hint and the id of the request', async () => {
    const answer = await send({ number: 'taken', lines: [] });
    expect(answer.status).toBe(409);
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    const id = answer.headers.get('x-request-id') ?? '';
    expect(isId(id)).toBe(true);
    expect(answer.body).toEqual({
      type: 'urn:anydial:problem:number.taken',
      title: 'number.taken',
      status: 409,
      detail: 'Somebody has it.',
      instance: `urn:uuid:${id}`,
      code: 'number.taken',
      hint: 'choose another',
      retry: 'never',
    });
  });

  test('wrong input is told place by place, and its values are not repeated', async () => {
    const answer = await send({ number: 'swordfish'.repeat(3), lines: [{ count: 'x' }], 'a/b~c': 1 });
    expect(answer).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
    expect((answer.body as { errors: { pointer: string }[] }).errors.map((error) => error.pointer)).toEqual([
      '/number',
      '/lines/0/count',
      '',
    ]);
    expect(answer.text).not.toContain('swordfish');
  });

  test('a surprise tells nothing but where to look', async () => {
    const answer = await send({ number: 'boom', lines: [] });
    expect(answer).toMatchObject({ status: 500, body: { code: 'server.unexpected', retry: 'unknown' } });
    expect(answer.text).not.toMatch(/swordfish|Error|\.ts/);
  });

  test.each<[string, unknown, Record<string, string>, number, string]>([
    ['broken JSON', '{"number":', {}, 400, 'request.malformed'],
    ['JSON that is not an object', '"text"', {}, 400, 'request.malformed'],
    ['no body', undefined, {}, 400, 'request.invalid'],
    [
      'another content type',
      'number=1',
      { 'content-type': 'application/x-www-form-urlencoded' },
      400,
      'request.invalid',
    ],
    [
      'a charset nobody knows',
      '{}',
      { 'content-type': 'application/json; charset=klingon' },
      415,
      'request.unsupported-media-type',
    ],
    ['a body of 300 kB', JSON.stringify({ number: 'x'.repeat(300_000) }), {}, 413, 'request.too-large'],
    ['a prototype as key', '{"__proto__":{"number":"1"},"lines":[]}', {}, 400, 'request.invalid'],
  ])('%s is refused as a problem', async (_, body, headers, status, code) => {
    expect(await send(body, headers)).toMatchObject({ status, body: { code } });
  });

  test.each(['GET /v1/orders', 'GET /nowhere', 'GET /%E0%A4%A', 'PUT /v1/orders/1/../2'])(
    '%s is a problem too',
    async (route) => {
      const { status, body } = await ask(url, route);
      expect([400, 404]).toContain(status);
      expect((body as { type: string }).type).toMatch(/^urn:anydial:problem:/);
    },
  );

  test('says nothing about what it is made of, and forbids what an API never needs', async () => {
    const { headers } = await send({ number: '1', lines: [] });
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('content-security-policy')).toBe("default-src 'none';frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});

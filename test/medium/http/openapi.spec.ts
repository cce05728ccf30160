import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DiscoveryService } from '@nestjs/core';
import type { OpenApi } from '../../../src/infra/http/openapi/document.js';
import { listRoutes } from '../../../src/infra/http/routes.js';
import { ask } from '../../support/http-client.js';
import { type TestApp, testApp } from '../../support/test-app.js';
import { type TestDatabase, testDatabase } from '../../support/test-database.js';
import { nowhere } from '../../support/test-redis.js';

describe("the API's description", () => {
  let database: TestDatabase;
  let web: TestApp;
  let document: OpenApi;
  beforeAll(async () => {
    database = await testDatabase();
    web = await testApp({ databaseUrl: database.url, redisUrl: nowhere });
    document = (await ask(web.url, 'GET /v1/openapi.json')).body as OpenApi;
  });
  afterAll(async () => {
    await web.close();
    await database.remove();
  });

  test('names every route of the process, and no other', () => {
    const described = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const served = listRoutes(web.app.get(DiscoveryService, { strict: false })).map(
      ({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`,
    );
    expect(described.toSorted()).toEqual(served.toSorted());
  });

  test('gives each operation an id of its own, and says who may call it', () => {
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    const ids = operations.map(({ operationId }) => operationId);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    expect(operations.filter(({ description }) => !/Roles: \w/.test(description))).toEqual([]);
  });

  test('tells bodies, queries and idempotency as the routes parse them', () => {
    const device = document.paths['/v1/members/{memberId}/devices']?.['post'];
    expect(device?.requestBody).toMatchObject({
      content: {
        'application/json': {
          schema: { required: ['label', 'locationNumber'], additionalProperties: false },
        },
      },
    });
    expect(device?.parameters.map(({ name }) => name)).toEqual(['memberId', 'Idempotency-Key']);
    const list = document.paths['/v1/members/{memberId}/devices']?.['get'];
    expect(list?.parameters).toContainEqual(
      expect.objectContaining({
        name: 'limit',
        in: 'query',
        schema: expect.objectContaining({ maximum: 200 }),
      }),
    );
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, ask } from '../../support/http-client.js';
import { type Desk, openDesk } from './desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const upload = (csv: string, query = ''): Promise<Answer> =>
  ask(desk.url, `POST /v1/routes/import${query}`, {
    headers: { ...desk.operator.page, 'content-type': 'text/csv' },
    body: csv,
  });
const routesOf = async (trunkId: string) =>
  ((await desk.ask(`GET /v1/routes?trunkId=${trunkId}&limit=200`)).body as { items: { prefix: string }[] })
    .items;

describe('routes one by one', () => {
  const night = { days: [6, 7], from: '22:00', to: '06:00', timeZone: 'Europe/Berlin' };

  test('are made for certain hours, changed and removed', async () => {
    const wanted = { prefix: '49', trunkId: 'gw-us', cost: '0.0125', currency: 'USD', ...night };
    const made = await desk.ask('POST /v1/routes', wanted);
    expect(made).toMatchObject({
      status: 201,
      body: { ...wanted, priority: 100, weight: 1, maxCalls: null },
    });
    const { id } = made.body as { id: string };
    expect(await desk.ask('POST /v1/routes', wanted)).toMatchObject({
      status: 409,
      body: { code: 'route.exists' },
    });
    expect(await desk.ask(`PATCH /v1/routes/${id}`, { cost: '0.02', to: '07:30' })).toMatchObject({
      body: { cost: '0.02', from: '22:00', to: '07:30', days: [6, 7], maxCalls: null },
    });
    expect(await desk.ask(`GET /v1/routes/${id}`)).toMatchObject({ body: { cost: '0.02' } });
    expect((await desk.ask(`DELETE /v1/routes/${id}`)).status).toBe(204);
    expect((await desk.ask(`GET /v1/routes/${id}`)).status).toBe(404);
  });

  test.each([
    ['a price that is none', { cost: '1.23456789' }, 'route.invalid'],
    ['a currency that is none', { currency: 'XXQ' }, 'route.invalid'],
    ['a trunk that is none', { trunkId: 'nowhere' }, 'trunk.unknown'],
    ['a time zone that is none', { timeZone: 'Mars/Olympus' }, 'request.invalid'],
    ['a day that is none', { days: [8] }, 'request.invalid'],
  ])('with %s are refused', async (_, more, code) => {
    const route = { prefix: '49', trunkId: 'gw-us', cost: '0.01', currency: 'USD', ...more };
    expect((await desk.ask('POST /v1/routes', route)).body).toMatchObject({ code });
  });
});

describe('a routes file', () => {
  test('adds and changes all its rows, and what is exported is the same file', async () => {
    const header = 'prefix,trunk,cost,currency,priority,weight,days,from,to,time_zone,max_calls,enabled';
    const first = '33,gw-us,0.01,USD,10,1,1234567,00:00,24:00,UTC,,true';
    expect(await upload(`${header}\r\n${first}\r\n`)).toMatchObject({
      status: 200,
      body: { rows: 1, added: 1, changed: 0, removed: 0 },
    });
    const again = `${header}\r\n${first.replace('0.01', '0.03')}\r\n34,gw-us,0.50,USD,10,1,12345,08:00,18:00,Europe/Madrid,7,false\r\n`;
    expect(await upload(again)).toMatchObject({ body: { rows: 2, added: 1, changed: 1 } });
    const exported = await desk.ask('GET /v1/routes/export.csv');
    expect(exported.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const lines = exported.text.split('\r\n');
    expect(lines[0]).toBe(header);
    expect(lines).toContain('34,gw-us,0.50,USD,10,1,12345,08:00,18:00,Europe/Madrid,7,false');
    expect(lines).toContain(first.replace('0.01', '0.03'));
    expect(await upload(exported.text)).toMatchObject({ body: { added: 0, rows: lines.length - 2 } });
  });

  test('with one bad row changes nothing and says where', async () => {
    const before = await routesOf('gw-jp');
    const csv =
      'prefix,trunk,cost,currency\n61,gw-jp,0.01,USD\n62,nowhere,0.01,USD\nx,gw-jp,0.01,USD\n61,gw-jp,1,USD\n63,gw-jp,-1,USD\n';
    const answer = await upload(csv);
    expect(answer).toMatchObject({
      status: 422,
      body: {
        code: 'route-file.has-bad-rows',
        errors: [
          { pointer: '/3/trunk', detail: 'there is no such trunk' },
          { pointer: '/4/prefix' },
          { pointer: '/5/prefix', detail: 'stands twice for the same hours' },
          { pointer: '/6/cost' },
        ],
      },
    });
    expect(await routesOf('gw-jp')).toEqual(before);
  });

  test('can replace all routes of a trunk, and be tried before', async () => {
    const csv = 'prefix;trunk;cost;currency\n81;gw-jp;0.01;USD\n8190;gw-jp;0.02;USD\n';
    const before = await routesOf('gw-jp');
    const planned = await upload(csv, '?replaceTrunk=gw-jp&dryRun=true');
    expect(planned).toMatchObject({ status: 200, body: { rows: 2, removed: before.length - 1 } });
    expect(await routesOf('gw-jp')).toEqual(before);
    expect(await upload(csv, '?replaceTrunk=gw-jp')).toMatchObject({ status: 200, body: planned.body });
    expect((await routesOf('gw-jp')).map(({ prefix }) => prefix)).toEqual(['81', '8190']);
  });

  test.each([
    ['no header', '', 'csv-file.empty'],
    ['an unknown column', 'prefix,trunk,cost,currency,colour\n', 'route-file.columns'],
    ['a missing column', 'prefix,trunk\n', 'route-file.columns'],
    ['a column twice', 'prefix,trunk,cost,currency,cost\n', 'route-file.columns'],
  ])('with %s is refused', async (_, csv, code) => {
    expect((await upload(csv)).body).toMatchObject({ code });
  });

  test('that is no CSV is refused', async () => {
    expect(await desk.ask('POST /v1/routes/import', { prefix: '1' })).toMatchObject({ status: 415 });
  });
});

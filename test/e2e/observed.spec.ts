import { randomUUID } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { ask, type SignedIn, signIn } from '../support/http-client.js';
import { mailedCode } from './support/mailbox.js';
import { attribute, OtlpReceiver, type Span } from './support/otlp-receiver.js';
import { hearEachOther } from './support/talk.js';
import { expectWireTime } from './support/wire-time.js';
import { inWorld } from './support/world.js';

/** Seoul: answered by the Korean gateway, and it costs something. */
const SEOUL = '0262001234';
/** That gateway does as this test tells it. */
const CONTROLLED = '0262009006';
const MICROS_A_SECOND = 500n;
const PERSON = { email: `observed-${randomUUID()}@example.com`, password: 'battery horse wrong' };
const ADDRESS = {
  name: 'Quintessa Verbatim',
  street: '77 Unmistakable Road',
  city: 'Zyxwtown',
  postcode: '98431',
};
/** What a call's own span has below it. */
const OF_THE_CALL = ['route', 'store', 'leg trunk', 'outbox', 'job reports.count-calls'];
const site = () => process.env['PUBLIC_URL'] ?? '';
const state = process.env['ANYDIAL_STATE_DIR'] ?? '.';

const collector = new OtlpReceiver();
const before = { endpoint: process.env['OTEL_EXPORTER_OTLP_ENDPOINT'], level: process.env['LOG_LEVEL'] };
beforeAll(async () => {
  process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = await collector.open();
  process.env['LOG_LEVEL'] = 'debug';
});
const world = inWorld();
afterAll(async () => {
  for (const [name, value] of [
    ['OTEL_EXPORTER_OTLP_ENDPOINT', before.endpoint],
    ['LOG_LEVEL', before.level],
  ] as const) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  await collector.close();
});

const scrape = async (): Promise<string> => (await ask(site(), 'GET /metrics')).text;

async function talkWithSeoul() {
  const call = await world.phoneA.dial(SEOUL);
  const arrived = await world.lab.role('gw-kr').incoming();
  await Promise.all([call.answered(), arrived.answered()]);
  return { call, arrived };
}

describe('a call is seen', () => {
  it('given_a_collector_when_a_call_was_charged_then_one_trace_leads_from_its_sip_call_id_to_the_ledger', async () => {
    const { records } = world;
    const since = new Date();
    const { call, arrived } = await talkWithSeoul();
    const during = await scrape();
    expect(valueIn(samplesOf(during), 'anydial_calls_open', { state: 'talking', origin: 'member' })).toBe(1);
    expect(valueIn(samplesOf(during), 'anydial_trunk_calls_open', { trunk: 'gw-kr' })).toBe(1);
    await call.hangup();
    await Promise.all([call.ended(), arrived.ended()]);
    const record = await records.only(since);
    expect(await records.charged(record.id)).toBeGreaterThan(0n);

    const traceId = record.id.replaceAll('-', '');
    const spans = await collector.whole(traceId, ['call', 'ledger post', ...OF_THE_CALL, 'look-up']);
    const posted = spans.find(({ name }) => name === 'ledger post');
    const byId = new Map(spans.map((span) => [span.spanId, span]));
    const wayUp = (span: Span): readonly string[] => {
      const parent = byId.get(span.parentSpanId ?? '');
      return [span.name, ...(parent === undefined ? [] : wayUp(parent))];
    };
    expect(posted && wayUp(posted)).toEqual(['ledger post', 'job billing.charge-call', 'call']);
    expect(posted && attribute(posted, 'anydial.ledger.keys')).toContain(`charge:${record.id}:0`);
    for (const name of OF_THE_CALL)
      expect(spans.filter((span) => span.name === name).map(wayUp)).toContainEqual([name, 'call']);
    expect(spans.filter((span) => span.name === 'look-up').map(wayUp)).toContainEqual([
      'look-up',
      'route',
      'call',
    ]);
    const root = spans.find(({ name }) => name === 'call');
    expect(root && attribute(root, 'sip.call_id')).toBe(call.sipCallId);
    expectWireTime(
      new Date(Number(BigInt(root?.endTimeUnixNano ?? 0) / 1_000_000n)).toISOString(),
      (await call.ended()).at,
    );
  });

  it('given_calls_then_every_figure_of_the_dashboard_and_of_the_alerts_is_in_a_real_scrape_and_no_label_names_a_person', async () => {
    const text = await scrape();
    const known = new Set(
      [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = '', type = '']) => namesOf(name, type)),
    );
    const alerts = parse(readFileSync('ops/prometheus/alerts.yml', 'utf8')) as Rules;
    const dashboard = JSON.parse(readFileSync('ops/grafana/anydial.json', 'utf8')) as Dashboard;
    const wanted = [
      ...alerts.groups.flatMap(({ rules }) => rules.map(({ expr }) => expr)),
      ...dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
    ].flatMap((expr) => expr.match(/\b(anydial|nodejs|process)_[a-z0-9_]+/g) ?? []);
    expect(new Set(wanted).size).toBeGreaterThan(40);
    expect([...new Set(wanted)].filter((name) => !known.has(name))).toEqual([]);

    // And these have a value after one call.
    const samples = samplesOf(text);
    for (const [name, labels] of [
      ['anydial_calls_arrived_total', { origin: 'member', country: 'KR' }],
      [
        'anydial_calls_ended_total',
        { origin: 'member', reading: 'pstn', answered: 'yes', reason: 'hangup', q850: '16' },
      ],
      ['anydial_calls_to_country_total', { code: '82', answered: 'yes' }],
      ['anydial_call_talk_seconds_total', { reading: 'pstn' }],
      ['anydial_call_setup_delay_seconds_count', {}],
      ['anydial_call_answer_delay_seconds_count', {}],
      ['anydial_registrations', {}],
      ['anydial_ari_connections', { outcome: 'connected' }],
      ['anydial_ari_events', {}],
      ['anydial_db_connections_max', { pool: 'hot' }],
      ['anydial_trunks', {}],
      ['anydial_http_request_seconds_count', { method: 'GET', area: 'metrics', status: '2xx' }],
      ['nodejs_eventloop_lag_p99_seconds', {}],
    ] as const)
      expect([name, (valueIn(samples, name, labels) ?? 0) > 0]).toEqual([name, true]);
    for (const [name, labels] of [
      ['anydial_db_connections', { pool: 'ordinary', state: 'waiting' }],
      ['anydial_jobs', { queue: 'events', state: 'failed' }],
      ['anydial_mail_oldest_waiting_seconds', {}],
      ['anydial_hold_of_ended_call_oldest_seconds', {}],
    ] as const)
      expect([name, valueIn(samples, name, labels)]).toEqual([name, 0]);
    const labels = [...text.matchAll(/="([^"]*)"/g)].map(([, value = '']) => value);
    expect(labels.filter((value) => /\d{5}|@|[0-9a-f]{8}-/.test(value))).toEqual([]);
  });

  it('given_calls_a_sign_up_and_an_order_then_no_log_names_anybody', async () => {
    const { lab, phoneA, exchange } = world;
    const logs = globSync(['log/*.log', 'asterisk/log/*.log'], { cwd: state }).filter(
      // Asterisk's own list of who may not register is what bans are made of (docs/security.md).
      (name) => !name.endsWith('/security.log'),
    );
    const began = new Map(logs.map((name) => [name, statSync(join(state, name)).size]));
    const call = await phoneA.dial(SEOUL);
    const arrived = await lab.role('gw-kr').incoming();
    await arrived.answered();
    await call.hangup();
    await Promise.all([call.ended(), arrived.ended()]);

    const signedIn = await signUp();
    await ask(site(), 'GET /v1/numbers/02-6200-6100-082', { headers: signedIn.page });
    await ask(site(), `GET /v1/numbers?q=${SEOUL}`, { headers: signedIn.page });
    const order = await ask(site(), 'POST /v1/orders', {
      headers: { ...signedIn.page, 'idempotency-key': randomUUID() },
      body: {
        kind: 'number',
        product: 'vns-kr',
        number: '7311-4311',
        interval: 'year',
        language: 'en',
        billing: { ...ADDRESS, country: 'KR' },
      },
    });
    expect(order).toMatchObject({ status: 201 });
    const { code } = signedIn;
    const wrong = await ask(site(), 'POST /v1/sessions', { body: { ...PERSON, password: 'not his at all' } });
    expect(wrong.status).toBe(401);
    // The last line that it will write about this: everything before it is in the file.
    await exchange.stop();

    const text = logs
      .map((name) =>
        readFileSync(join(state, name))
          .subarray(began.get(name) ?? 0)
          .toString(),
      )
      .join('\n');
    expect(text).toContain('"path":"/v1/numbers/*"');
    expect(text).toContain('call ended');
    const personal = [
      PERSON.email,
      PERSON.email.split('@')[0],
      PERSON.password,
      'not his at all',
      ...Object.values(ADDRESS),
      'Kim Ara',
      'Ara',
      SEOUL,
      '62001234',
      '62006100',
      '6200-6100',
      '7311-4311',
      '73114311',
      signedIn.cookie.cookie.split('=')[1],
    ];
    const told = text
      .split('\n')
      .filter((line) => personal.some((one) => one !== undefined && line.includes(one)));
    expect(told).toEqual([]);
    expect(text.match(new RegExp(`"(code|msg)":"[^"]*\\b${code}\\b`))).toBeNull();
  });
});

describe('the process is ended and another takes its place', () => {
  it('given_one_talks_and_one_is_being_set_up_then_new_callers_are_told_503_and_nothing_is_lost_or_billed_twice', async () => {
    const { exchange, lab, phoneA, phoneB, records } = world;
    const since = new Date();
    const talk = await talkWithSeoul();
    const slow = await phoneB.dial(CONTROLLED);
    const ringing = await lab.role('gw-kr').incoming();
    await ringing.controlled();

    const ending = exchange.says('ending');
    const stopped = exchange.stop();
    await ending;
    // One is still being set up: the process waits for it, and says so.
    expect(await ask(site(), 'GET /health/ready')).toMatchObject({
      status: 503,
      body: { status: 'draining' },
    });
    const late = await phoneA.dial(SEOUL);
    expect(await late.ended()).toMatchObject({ by: 'far', how: 'refused', sip: 503, q850: 42 });
    await ringing.progress();
    await stopped;
    await talk.call.hearsTone(lab.role('gw-kr').toneHz);

    await exchange.start();
    await ringing.answer();
    await slow.answered();
    await hearEachOther({ call: slow, arrived: ringing });
    for (const one of [talk.call, slow]) await one.hangup();
    const [ended] = await Promise.all([
      talk.call.ended(),
      slow.ended(),
      talk.arrived.ended(),
      ringing.ended(),
    ]);
    const [first, second, third] = await records.ended(since, 3);
    expect(first).toMatchObject({ endedBy: 'caller', reason: 'hangup', billable: true });
    expectWireTime(first?.endedAt ?? null, ended.at);
    expect(second).toMatchObject({ endedBy: 'caller', reason: 'hangup', billable: true });
    expect(third).toMatchObject({ endedBy: 'exchange', reason: 'restarting', sip: 503, billable: false });
    const seconds = BigInt(Math.ceil((ended.at.getTime() - (await talk.call.answered()).getTime()) / 1_000));
    const charged = await records.charged(first?.id ?? '');
    expect(charged).toBeGreaterThanOrEqual((seconds - 1n) * MICROS_A_SECOND);
    expect(charged).toBeLessThanOrEqual((seconds + 1n) * MICROS_A_SECOND);
    await records.charged(second?.id ?? '');
    const { rows } = await records.client.query(
      `SELECT call_id, count(*)::int AS charges FROM charge WHERE call_id = ANY($1) GROUP BY call_id ORDER BY call_id`,
      [[first?.id, second?.id]],
    );
    expect(rows.map(({ charges }) => charges)).toEqual([1, 1]);
  });
});

interface Rules {
  readonly groups: readonly { readonly rules: readonly { readonly expr: string }[] }[];
}
interface Dashboard {
  readonly panels: readonly { readonly targets?: readonly { readonly expr: string }[] }[];
}

interface Sample {
  readonly name: string;
  readonly labels: string;
  readonly value: number;
}

const samplesOf = (text: string): readonly Sample[] =>
  [...text.matchAll(/^(\w+)\{(.*)\} (\S+)$/gm)].map(([, name = '', labels = '', value]) => ({
    name,
    labels,
    value: Number(value),
  }));

const valueIn = (samples: readonly Sample[], name: string, labels: Readonly<Record<string, string>>) =>
  samples.find(
    (one) =>
      one.name === name &&
      Object.entries(labels).every(([key, value]) => one.labels.includes(`${key}="${value}"`)),
  )?.value;

/** The series that a figure of that type has. */
const namesOf = (name: string, type: string): readonly string[] =>
  type === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name];

async function signUp(): Promise<SignedIn & { readonly code: string }> {
  const consents = ['terms', 'privacy'].map((purpose) => ({ purpose, version: '1', given: true }));
  const began = await ask(site(), 'POST /v1/sign-ups', { body: { ...PERSON, consents } });
  expect(began.status).toBe(202);
  const code = await mailedCode(PERSON.email);
  const { id } = began.body as { id: string };
  const confirmed = await ask(site(), `POST /v1/sign-ups/${id}/confirmation`, { body: { code } });
  expect(confirmed.status).toBe(201);
  return { ...(await signIn(site(), PERSON.email, PERSON.password)), code };
}

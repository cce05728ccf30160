import { z } from 'zod';
import { Secret } from './kernel/secret.js';

/** One environment variable: how its text is read, whether it is a secret (then `NAME_FILE` works too), and what it is for. */
export interface Variable<T> {
  readonly read: z.ZodType<T>;
  readonly secret: boolean;
  readonly about: string;
  readonly example: string;
  /** Of what a number is so many. */
  readonly unit?: string;
}

export const roles = ['web', 'exchange', 'worker'] as const;
export type Role = (typeof roles)[number];

const text = z.string().min(1);
const port = z.coerce.number().int().min(1).max(65_535);
const path = z.string().startsWith('/', 'must be an absolute path');
const hostName = z.string().regex(/^[A-Za-z0-9.:-]{1,253}$/, 'must be a host name or an IP address');
const urlOf = (...schemes: string[]) =>
  z
    .string()
    .refine((value) => URL.canParse(value) && schemes.includes(new URL(value).protocol.slice(0, -1)), {
      message: `must be a URL starting with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
    });
/** Several of a kind in one variable, separated by commas. */
const listOf = (one: z.ZodString, most: number) =>
  z
    .string()
    .transform((value) => value.split(',').map((part) => part.trim()))
    .pipe(z.array(one).min(1).max(most));
/** Of web servers. */
const origins = listOf(
  z.string().regex(/^https:\/\/[A-Za-z0-9.:-]+$/, 'must be https:// and a host, without a path'),
  10,
);
/** STUN and TURN servers (RFC 7064, RFC 7065). */
const iceUrls = listOf(
  z
    .string()
    .regex(
      /^(stuns?:[A-Za-z0-9.:[\]-]+|turns?:[A-Za-z0-9.:[\]-]+(\?transport=(udp|tcp))?)$/,
      'must be stun:, turn: or turns: and a host',
    ),
  10,
);
const idOfKey = (key: string): string => key.split(':', 1)[0] ?? '';
const asSecret = (schema: z.ZodType<string>) => schema.transform((value) => new Secret(value));
const dataKeys = z
  .string()
  .transform((value) => value.split(',').map((key) => key.trim()))
  .pipe(
    z
      .array(
        z
          .string()
          .regex(/^[a-z0-9]{1,8}:[^:,\s]{32,}$/, 'must be id:secret, the secret of at least 32 characters'),
      )
      .min(1)
      .refine((keys) => new Set(keys.map(idOfKey)).size === keys.length, 'must have different ids'),
  )
  .transform((keys) =>
    keys.map((key) => ({ id: idOfKey(key), secret: new Secret(key.slice(idOfKey(key).length + 1)) })),
  );
const limits = z
  .string()
  .regex(/^[A-Z]{3}:\d{1,9}(,[A-Z]{3}:\d{1,9})*$/, 'must be CUR:amount in whole units, separated by commas')
  .transform(
    (list): ReadonlyMap<string, bigint> =>
      new Map(list.split(',').map((one) => [one.slice(0, 3), BigInt(one.slice(4)) * 1_000_000n])),
  );
const roleSet = z
  .string()
  .transform((value) => value.split(',').map((role) => role.trim()))
  .pipe(z.array(z.enum(roles)).min(1))
  .transform((list): ReadonlySet<Role> => new Set(list));

const plain = <T>(read: z.ZodType<T>, about: string, example: string, unit?: string): Variable<T> => ({
  read,
  secret: false,
  about,
  example,
  ...(unit === undefined ? {} : { unit }),
});
/** Secrets have no default, in any environment: nobody runs on a password that everybody knows. */
const secret = <T>(read: z.ZodType<T>, about: string, example: string): Variable<T> => ({
  read,
  secret: true,
  about,
  example,
});

export const variables = {
  NODE_ENV: plain(
    z.enum(['production', 'development', 'test']).default('production'),
    'production hides nothing but is strict: secure cookies where PUBLIC_URL is https',
    'production',
  ),
  ANYDIAL_INSTANCE: plain(
    z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/, 'must be a-z, 0-9 and - only')
      .default('main'),
    'name of this running set; part of log lines and error answers',
    'main',
  ),
  ANYDIAL_STATE_DIR: plain(path, 'directory of this instance (data, logs, secrets)', '/var/lib/anydial/main'),
  ANYDIAL_ROLES: plain(
    roleSet.prefault('web,exchange,worker'),
    'what this process does: any of web, exchange, worker',
    'web,exchange,worker',
  ),
  LOG_LEVEL: plain(
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    'least severe log line that is written',
    'info',
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: plain(
    urlOf('http', 'https').optional(),
    'OpenTelemetry collector (OTLP over HTTP) that traces are sent to; without one nothing is traced',
    'http://127.0.0.1:4318',
  ),
  TRACE_SHARE: plain(
    z.coerce.number().min(0).max(1).default(1),
    'which part of all calls and requests is traced, from 0 to 1',
    '0.1',
    'part of 1',
  ),
  DATABASE_URL: secret(
    asSecret(urlOf('postgres', 'postgresql')),
    'PostgreSQL',
    'postgres://anydial:…@127.0.0.1:5432/anydial',
  ),
  REDIS_URL: secret(
    asSecret(urlOf('redis', 'rediss')),
    'Redis (BullMQ; must run with noeviction)',
    'redis://:…@127.0.0.1:6379/0',
  ),
  ARI_URL: plain(urlOf('http', 'https'), "Asterisk's HTTP server", 'http://127.0.0.1:8088'),
  ARI_USERNAME: plain(text, 'user in ari.conf', 'exchange'),
  ARI_PASSWORD: secret(asSecret(text), 'password in ari.conf', 'generated'),
  ARI_APP: plain(
    z
      .string()
      .regex(/^[A-Za-z0-9_-]+$/)
      .default('exchange'),
    'Stasis application name in the dialplan',
    'exchange',
  ),
  ASTERISK_CONTROL_SOCKET: plain(
    path.default('/var/run/asterisk/asterisk.ctl'),
    "Asterisk's control socket; makes changed devices effective at once",
    '/var/run/asterisk/asterisk.ctl',
  ),
  CEL_FILE: plain(
    path,
    'channel event log that Asterisk writes; evidence for gaps',
    '/var/log/asterisk/cel-custom/Master.csv',
  ),
  SECURITY_LOG_FILE: plain(
    path.default('/var/log/asterisk/security.log'),
    "Asterisk's log of log-ins and their failures",
    '/var/log/asterisk/security.log',
  ),
  JOURNAL_DIR: plain(
    path,
    'where call records wait while PostgreSQL is away',
    '/var/lib/anydial/main/journal',
  ),
  ASTERISK_SPOOL_DIR: plain(
    path.optional(),
    "Asterisk's astspooldir, shared with it: voice messages are recorded there, and stay; asterisk/spool in the instance's directory unless set",
    '/var/lib/anydial/asterisk/spool',
  ),
  SMTP_URL: secret(
    asSecret(urlOf('smtp', 'smtps')).optional(),
    'mail server; without one every mail is written into MAIL_DIR instead, as an .eml file',
    'smtps://user:…@mail.example.com:465',
  ),
  MAIL_FROM: plain(z.email().default('no-reply@anydial.example'), 'sender of our mail', 'phone@example.com'),
  MAIL_DIR: plain(
    path.optional(),
    "where mail is put without a mail server; mail in the instance's directory unless set",
    '/var/lib/anydial/main/mail',
  ),
  ENDPOINT_COPY: plain(
    path,
    'SQLite file with devices and trunks, written here and read by Asterisk while PostgreSQL is away',
    '/var/lib/asterisk/endpoints.sqlite3',
  ),
  EMERGENCY_PLAN_DIR: plain(
    path.optional(),
    "the generated/ folder of Asterisk's configuration, for the static emergency plan; asterisk/etc/generated in the instance's directory unless set",
    '/var/lib/anydial/asterisk/etc/generated',
  ),
  HTTP_HOST: plain(hostName.default('127.0.0.1'), 'address the REST server listens on', '127.0.0.1'),
  HTTP_PORT: plain(port, 'port the REST server listens on', '3000'),
  PUBLIC_URL: plain(
    urlOf('http', 'https'),
    'how browsers reach the REST server',
    'https://phone.example.com',
  ),
  SIP_HOST: plain(hostName, 'address phones and trunks send SIP to', '127.0.0.1'),
  SIP_PORT: plain(port, 'SIP over UDP and TCP', '5060'),
  SIP_TLS_PORT: plain(port, 'SIP over TLS', '5061'),
  SIP_WS_PORT: plain(port, 'SIP over WebSocket (browsers)', '8089'),
  SIP_NEVER_BANNED: plain(
    z
      .string()
      .regex(/^[0-9a-fA-F.:/]+(,[0-9a-fA-F.:/]+)*$/, 'must be addresses or networks, separated by commas')
      .prefault('127.0.0.1,::1')
      .transform((list): readonly string[] => list.split(',')),
    "addresses and networks that the SIP door never bans, beside the trunks': one's own offices, monitoring; browsers come from this host",
    '127.0.0.1,192.0.2.0/24',
  ),
  SIP_REALM: plain(hostName, 'digest realm; changing it invalidates every device secret hash', 'anydial'),
  DNS_SERVERS: plain(
    z
      .string()
      .transform((list) => list.split(','))
      .pipe(
        z.array(
          z.string().regex(/^[0-9.]+(:[0-9]{1,5})?$/, 'must be addresses[:ports], separated by commas'),
        ),
      )
      .optional(),
    "name servers that are asked about other people's SIP addresses; the system's unless set",
    '127.0.0.1:5353',
  ),
  RTP_PORT_MIN: plain(port, 'first RTP port (even)', '10000'),
  RTP_PORT_MAX: plain(port, 'last RTP port', '20000'),
  ANYDIAL_MOST_CALLS_PER_SECOND: plain(
    z.coerce.number().int().min(1).max(10_000).default(130),
    'new calls a second that the exchange takes from one Asterisk; more are refused with 503. 60 % of what the node holds, by `./anydial bench calls`',
    '130',
    'calls a second',
  ),
  SESSION_SECRET: secret(
    asSecret(z.string().min(32, 'must have at least 32 characters')),
    'key for CSRF tokens, mailed codes and stored answers; how to change it: docs/security.md',
    'openssl rand -hex 32',
  ),
  SESSION_SECRET_PREVIOUS: secret(
    asSecret(z.string().min(32, 'must have at least 32 characters')).optional(),
    'the SESSION_SECRET before this one: what it made stays good; take it away after a day',
    'openssl rand -hex 32',
  ),
  PERSONAL_DATA_KEYS: secret(
    dataKeys,
    'keys that personal data is encrypted with, as id:secret separated by commas; the first encrypts, all decrypt (docs/membership.md, "Keys")',
    '1:$(openssl rand -hex 32)',
  ),
  CARD_FILE_KEY: secret(
    asSecret(z.string().min(32, 'must have at least 32 characters')).optional(),
    'signs flash card files and QR codes; without it none are made. Changing it makes all of them worthless, unless the old one is CARD_FILE_KEY_PREVIOUS',
    'openssl rand -hex 32',
  ),
  CARD_FILE_KEY_PREVIOUS: secret(
    asSecret(z.string().min(32, 'must have at least 32 characters')).optional(),
    'the CARD_FILE_KEY before this one: card files and QR codes of then are taken until it goes',
    'openssl rand -hex 32',
  ),
  WEB_PUSH_PUBLIC_KEY: plain(
    z
      .string()
      .regex(/^[\w-]{87}$/, 'must be a P-256 point, 65 bytes in base64url')
      .optional(),
    'VAPID key (RFC 8292) by which browsers know our push messages; without both keys nothing is pushed',
    'npx web-push generate-vapid-keys',
  ),
  WEB_PUSH_PRIVATE_KEY: secret(
    asSecret(z.string().regex(/^[\w-]{43}$/, 'must be 32 bytes in base64url')).optional(),
    'its other half; changing them voids all subscriptions',
    'npx web-push generate-vapid-keys',
  ),
  WEB_PUSH_SERVICES: plain(
    origins.optional(),
    "origins of push services of one's own beside the browser vendors', separated by commas",
    'https://push.example.com',
  ),
  ICE_URLS: plain(
    iceUrls.optional(),
    'STUN and TURN servers for browsers behind firewalls, separated by commas; TURN needs TURN_SECRET',
    'stun:turn.example.com,turns:turn.example.com:443?transport=tcp',
  ),
  TURN_SECRET: secret(
    asSecret(z.string().min(16, 'must have at least 16 characters')).optional(),
    "the TURN server's static-auth-secret, of which each browser gets credentials for a while",
    'openssl rand -hex 32',
  ),
  BOOTSTRAP_OPERATOR_EMAIL: plain(
    z.email().optional(),
    'first operator, created once if no such account exists',
    'ops@example.com',
  ),
  BOOTSTRAP_OPERATOR_PASSWORD: secret(
    asSecret(z.string().min(12, 'must have at least 12 characters')).optional(),
    "the first operator's password; may be removed after the first start",
    'generated',
  ),
  STAFF_SECOND_FACTOR: plain(
    z.enum(['required', 'optional']).optional(),
    'whether operators, finance, approvers and support need an authenticator app; required in production unless set',
    'required',
  ),
  ONE_PERSON_LIMITS: plain(
    limits.prefault('EUR:100,USD:100,KRW:150000,JPY:15000'),
    'up to which amount one person may give money back or book a payment by hand, by currency; more, and other currencies, take two (docs/two-persons.md)',
    'EUR:100,USD:100',
  ),
  TOP_UP_PORT: plain(
    z.enum(['none', 'test', 'stripe']).default('none'),
    'payment provider for top-ups; test takes no money',
    'stripe',
  ),
  ACROBITS_CLOUD_ID: plain(
    z
      .string()
      .regex(/^[A-Za-z0-9]{1,40}\*?$/, 'must be letters and digits, with * for the test version')
      .optional(),
    "code of the operator's app at Acrobits Cloud Softphone; without it no codes for that app",
    'ANYDIAL',
  ),
  TAX_ID_REGISTRY: plain(
    z.enum(['none', 'vies']).default('none'),
    'who is asked whether a tax id is known; vies: the European Union',
    'vies',
  ),
  STRIPE_API_KEY: secret(asSecret(text).optional(), 'key of the Stripe account', 'sk_live_…'),
  STRIPE_WEBHOOK_SECRET: secret(
    asSecret(text).optional(),
    "secret of Stripe's webhook endpoint, which is PUBLIC_URL/v1/payment-events/stripe",
    'whsec_…',
  ),
  EXTERNAL_ADDRESS: plain(
    z.union([z.ipv4(), z.ipv6()], 'must be an IP address').optional(),
    'public IP address when the node is behind NAT',
    '203.0.113.10',
  ),
  LAB_SIP_PORT: plain(port.optional(), "SIP port of the lab world's roles; only where it is seeded", '25062'),
  LAB_PHONE_SECRET: secret(
    asSecret(z.string().min(16, 'must have at least 16 characters')).optional(),
    "seed of the lab phones' secrets; only where the lab world is seeded",
    'generated',
  ),
} as const;

export type VariableName = keyof typeof variables;
export type Values = { readonly [Name in VariableName]: z.output<(typeof variables)[Name]['read']> };

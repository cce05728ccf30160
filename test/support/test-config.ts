import { type Config, loadConfig, type Role } from '../../src/config.js';
import type { Secret } from '../../src/kernel/secret.js';

export interface ConfigChoices {
  readonly databaseUrl: Secret;
  readonly redisUrl: Secret;
  readonly roles?: readonly Role[];
  readonly publicUrl?: string;
  readonly topUpPort?: 'test';
  readonly staffSecondFactor?: 'required';
  /** `address:port` of a test's own name server. */
  readonly dnsServer?: string;
  /** A mail server of the test's own. */
  readonly smtpUrl?: string;
  /** Where voice messages are. */
  readonly spoolDir?: string;
  readonly operator?: { readonly email: string; readonly password: string };
}

/** The secret that was before the tests' own: what it made is still good. */
export const PREVIOUS_SECRET = 'before-these-tests'.repeat(2);

/** A complete configuration around the given servers; nothing of it is read from the test's environment. */
export function testConfig(choices: ConfigChoices): Config {
  const loaded = loadConfig(testEnvironment(choices));
  if (!loaded.ok) throw new Error(loaded.failure.message);
  return loaded.value;
}

/** The same as environment variables, for a process of its own. */
export function testEnvironment(choices: ConfigChoices): Readonly<Record<string, string>> {
  return {
    NODE_ENV: 'test',
    ANYDIAL_INSTANCE: 'jest',
    ANYDIAL_STATE_DIR: '/nonexistent',
    ANYDIAL_ROLES: (choices.roles ?? ['web']).join(','),
    LOG_LEVEL: 'silent',
    DATABASE_URL: choices.databaseUrl.reveal(),
    REDIS_URL: choices.redisUrl.reveal(),
    ARI_URL: 'http://127.0.0.1:1',
    ARI_USERNAME: 'exchange',
    ARI_PASSWORD: 'nobody-listens',
    ASTERISK_SPOOL_DIR: choices.spoolDir ?? '/nonexistent/spool',
    CEL_FILE: '/nonexistent/cel',
    JOURNAL_DIR: '/nonexistent/journal',
    ENDPOINT_COPY: '/nonexistent/endpoints',
    HTTP_PORT: '1',
    PUBLIC_URL: choices.publicUrl ?? 'http://127.0.0.1',
    SIP_HOST: '127.0.0.1',
    SIP_PORT: '5060',
    SIP_TLS_PORT: '5061',
    SIP_WS_PORT: '8089',
    SIP_REALM: 'anydial',
    RTP_PORT_MIN: '10000',
    RTP_PORT_MAX: '10100',
    SESSION_SECRET: 'only-for-tests'.repeat(3),
    SESSION_SECRET_PREVIOUS: PREVIOUS_SECRET,
    PERSONAL_DATA_KEYS: `1:${'only-for-tests'.repeat(3)}`,
    STAFF_SECOND_FACTOR: choices.staffSecondFactor ?? '',
    TOP_UP_PORT: choices.topUpPort ?? '',
    DNS_SERVERS: choices.dnsServer ?? '',
    SMTP_URL: choices.smtpUrl ?? '',
    BOOTSTRAP_OPERATOR_EMAIL: choices.operator?.email ?? '',
    BOOTSTRAP_OPERATOR_PASSWORD: choices.operator?.password ?? '',
  };
}

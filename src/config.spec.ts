import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { describeVariables, type Environment, loadConfig } from './config.js';

const complete: Environment = {
  ANYDIAL_STATE_DIR: '/tmp/anydial',
  DATABASE_URL: 'postgres://anydial:pg-pass-word@127.0.0.1:5432/anydial',
  REDIS_URL: 'redis://:redis-pass-word@127.0.0.1:6379/0',
  ARI_URL: 'http://127.0.0.1:8088',
  ARI_USERNAME: 'exchange',
  ARI_PASSWORD: 'ari-pass-word',
  CEL_FILE: '/tmp/cel.csv',
  JOURNAL_DIR: '/tmp/journal',
  ENDPOINT_COPY: '/tmp/endpoints',
  HTTP_PORT: '3000',
  PUBLIC_URL: 'http://127.0.0.1:3000',
  SIP_HOST: '127.0.0.1',
  SIP_PORT: '5060',
  SIP_TLS_PORT: '5061',
  SIP_WS_PORT: '8089',
  SIP_REALM: 'anydial',
  RTP_PORT_MIN: '10000',
  RTP_PORT_MAX: '20000',
  SESSION_SECRET: 'session-pass-word'.repeat(2),
  PERSONAL_DATA_KEYS: `2:${'new-pass-word'.repeat(3)},1:${'old-pass-word'.repeat(3)}`,
};
const messageOf = (environment: Environment): string => {
  const loaded = loadConfig(environment);
  if (loaded.ok) throw new Error('accepted');
  return loaded.failure.message;
};

describe('configuration', () => {
  test('a complete environment gives a typed config; what is left out has the documented default', () => {
    const loaded = loadConfig(complete);
    if (!loaded.ok) throw new Error(loaded.failure.message);
    expect(loaded.value).toMatchObject({ environment: 'production', instance: 'main', http: { port: 3000 } });
    expect([...loaded.value.roles]).toEqual(['web', 'exchange', 'worker']);
    expect(loaded.value.databaseUrl.reveal()).toContain('pg-pass-word');
    expect(loaded.value).not.toHaveProperty('bootstrapOperator');
  });

  test('every missing or wrong variable is listed at once, with what it is for', () => {
    const { ARI_PASSWORD: _, ...rest } = complete;
    const message = messageOf({ ...rest, HTTP_PORT: '99999', ANYDIAL_ROLES: 'web,cook', SIP_REALM: '' });
    expect(message).toMatch(/ARI_PASSWORD is missing.*password in ari.conf.*ARI_PASSWORD_FILE/);
    expect(message).toMatch(/HTTP_PORT is wrong/);
    expect(message).toMatch(/ANYDIAL_ROLES is wrong/);
    expect(message).toMatch(/SIP_REALM is missing/);
    expect(message.split('\n')).toHaveLength(5);
  });

  test('an empty environment names exactly the variables that have no default', () => {
    const required = describeVariables().filter((variable) => variable.required);
    const lines = messageOf({}).split('\n').slice(1);
    expect(lines.map((line) => line.trim().split(' ')[1])).toEqual(required.map((variable) => variable.name));
    expect(required.map((variable) => variable.name)).toEqual(Object.keys(complete));
  });

  test('no secret has a default, and none is printed in a config or in a complaint', () => {
    for (const variable of describeVariables().filter((one) => one.secret)) {
      const { [variable.name]: _, ...without } = complete;
      const loaded = loadConfig(without);
      expect(loaded.ok).toBe(!variable.required);
    }
    const all = {
      ...complete,
      BOOTSTRAP_OPERATOR_EMAIL: 'a@b.example',
      BOOTSTRAP_OPERATOR_PASSWORD: 'boot-pass-word',
    };
    const printed = inspect(loadConfig(all), { depth: 9 }) + JSON.stringify(loadConfig(all));
    expect(printed).not.toContain('pass-word');
    const wrong = {
      ...all,
      DATABASE_URL: 'mysql://u:pg-pass-word@h/d',
      SESSION_SECRET: 'pass-word',
      NODE_ENV: 'pass-word',
    };
    expect(messageOf(wrong)).not.toContain('pass-word');
  });

  test('a secret may come from a file, but not from both places', () => {
    const directory = mkdtempSync(join(tmpdir(), 'anydial-config-'));
    try {
      const file = join(directory, 'ari');
      writeFileSync(file, 'from-a-file\n', { mode: 0o600 });
      const { ARI_PASSWORD: _, ...rest } = complete;
      const loaded = loadConfig({ ...rest, ARI_PASSWORD_FILE: file });
      expect(loaded.ok && loaded.value.ari.password.reveal()).toBe('from-a-file');
      expect(messageOf({ ...complete, ARI_PASSWORD_FILE: file })).toContain('both set');
      expect(messageOf({ ...rest, ARI_PASSWORD_FILE: join(directory, 'no') })).toContain(
        'cannot be read (ENOENT)',
      );
      expect(messageOf({ ...rest, ARI_USERNAME: '', ARI_USERNAME_FILE: file })).toContain(
        'ARI_USERNAME is missing',
      );
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  test('settings that contradict each other are refused', () => {
    expect(messageOf({ ...complete, BOOTSTRAP_OPERATOR_EMAIL: 'a@b.example' })).toContain('belong together');
    expect(messageOf({ ...complete, RTP_PORT_MIN: '10001' })).toContain('must be even');
    expect(messageOf({ ...complete, RTP_PORT_MAX: '10002' })).toContain('at least 3 below');
  });
});

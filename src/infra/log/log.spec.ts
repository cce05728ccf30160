import { beforeEach, describe, expect, test } from '@jest/globals';
import { createLog, inCall, type Log } from './log.js';

describe('log', () => {
  let lines: Record<string, unknown>[];
  let log: Log;
  beforeEach(() => {
    lines = [];
    const to = { write: (line: string) => void lines.push(JSON.parse(line)) };
    log = createLog({ instance: 'jest', logLevel: 'info', roles: new Set(['web', 'worker']) }, to);
  });

  test('a line is JSON with level, time, instance and roles', () => {
    log.info({ trunk: 'kr-1' }, 'up');
    expect(lines).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/Z$/),
        instance: 'jest',
        roles: 'web+worker',
        trunk: 'kr-1',
        msg: 'up',
      },
    ]);
  });

  test('every line written in a call carries its id, after awaits too, and no line outside does', async () => {
    const other = async () => {
      await Promise.resolve();
      log.info('somewhere else');
    };
    await Promise.all([inCall('call-1', other), inCall('call-2', other), other()]);
    expect(lines.map((line) => line['call'])).toEqual(['call-1', 'call-2', undefined]);
  });

  test('what could sign somebody in is never written, however deep it lies', () => {
    const secrets = {
      password: 'swordfish',
      authorization: 'swordfish',
      headers: {
        cookie: 'swordfish',
        'set-cookie': 'swordfish',
        'x-api-key': 'swordfish',
        'x-csrf-token': 'swordfish',
      },
      request: { body: { password: 'swordfish', token: 'swordfish' } },
      device: { secret: 'swordfish', apiKey: 'swordfish' },
    };
    log.info(secrets, 'signing in');
    log.error({ err: Object.assign(new Error('refused'), { config: { password: 'swordfish' } }) });
    const refused = {
      query: 'SELECT 1',
      parameters: ['swordfish'],
      driverError: { detail: 'swordfish' },
      detail: 'swordfish',
    };
    log.error({ err: Object.assign(new Error('refused'), refused) });
    expect(JSON.stringify(lines)).not.toContain('swordfish');
    expect(lines).toHaveLength(3);
  });
});

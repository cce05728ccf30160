import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { err, failure, ok } from '../../kernel/result.js';
import { EmergencyUpkeep } from './emergency-upkeep.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'plan-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

function world() {
  const gateway = {
    country: 'KR',
    host: '127.0.0.21',
    port: 5060,
    transport: 'udp',
    auth: null,
    form: 'national',
    prefix: null,
  };
  const told: string[] = [];
  const warnings: string[] = [];
  const asterisk = { away: false };
  const upkeep = new EmergencyUpkeep(
    { rows: async <Row extends object>() => [{ ...gateway }] as unknown as readonly Row[] },
    {
      run: async (...words) => {
        if (asterisk.away) return err(failure('console.unavailable', 'away'));
        told.push(words.join(' '));
        return ok('');
      },
    },
    { directory, mediaAddress: '127.0.0.1' },
    { info: () => undefined, warn: (_, message) => warnings.push(message) },
  );
  return { upkeep, gateway, told, warnings, asterisk };
}
const written = () => readFileSync(join(directory, 'pjsip-emergency.conf'), 'utf8');

describe('the emergency plan follows the trunks', () => {
  it('a changed trunk is written and told to Asterisk; what changes nothing is not', async () => {
    const { upkeep, gateway, told } = world();
    upkeep.renew();
    await upkeep.settled();
    expect(told).toEqual(['dialplan reload', 'module reload res_pjsip.so']);
    upkeep.changed('trunk:gw-kr');
    upkeep.changed('device:lab-a');
    await upkeep.settled();
    expect(told).toHaveLength(2);
    gateway.host = '127.0.0.99';
    upkeep.changed('trunk:gw-kr');
    await upkeep.settled();
    expect(written()).toContain('sip:127.0.0.99:5060');
    expect(told).toHaveLength(4);
  });

  it('is told again when Asterisk was away', async () => {
    const { upkeep, told, warnings, asterisk } = world();
    asterisk.away = true;
    upkeep.renew();
    await upkeep.settled();
    expect(warnings).toHaveLength(1);
    asterisk.away = false;
    upkeep.renew();
    await upkeep.settled();
    expect(told).toHaveLength(2);
  });
});

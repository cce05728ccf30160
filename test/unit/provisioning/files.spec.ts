import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { validateXML } from 'xmllint-wasm';
import { clockOf, posixZone } from '../../../src/membership/domain/provisioning/clock.js';
import type { PhoneSettings } from '../../../src/membership/domain/provisioning/phone-settings.js';
import { polyMaster } from '../../../src/membership/domain/provisioning/poly.js';
import {
  acrobits,
  grandstreamWave,
  linphone,
} from '../../../src/membership/domain/provisioning/softphones.js';
import { vendorNames, vendors } from '../../../src/membership/domain/provisioning/vendors.js';
import { emergencyNumbers } from '../../../src/numbering/index.js';

const phone: PhoneSettings = {
  mac: '805ec0123456',
  username: 'd-k7m2qx9rtp',
  secret: 'q-_Ab0123456789012345678',
  displayName: '김 <Ara> & "Co"',
  label: "Kim's desk",
  server: 'sip.anydial.example',
  port: 5061,
  transport: 'tls',
  srtp: true,
  language: 'ko',
  clock: clockOf('KR', 'Asia/Seoul', 2026),
  emergency: ['112', '119'],
  voicemail: '*97',
};

/** Every file that is made, by the name of its golden copy. */
const files: Readonly<Record<string, string>> = {
  ...Object.fromEntries(vendorNames.map((name) => [name, vendors[name].settings(phone)])),
  'poly-master': polyMaster(phone.mac),
  linphone: linphone(phone),
  'grandstream-wave': grandstreamWave(phone),
};
const xmlFiles = Object.entries(files).filter(([, text]) => text.startsWith('<?xml'));

test('the code of an Acrobits softphone names user, secret and the operator’s app, each readable again', () => {
  const code = acrobits({ username: 'd-k7m2qx9rtp', secret: 'a:b@c/ü' }, 'ANYDIAL');
  const [, user = '', secret = '', app] = /^csc:([^:]+):([^@]+)@(.+)$/.exec(code) ?? [];
  expect([decodeURIComponent(user), decodeURIComponent(secret), app]).toEqual([
    'd-k7m2qx9rtp',
    'a:b@c/ü',
    'ANYDIAL',
  ]);
});

describe('configuration files', () => {
  test.each(Object.entries(files))(
    'of %s are as they were reviewed (UPDATE_GOLDEN=1 writes them anew)',
    (name, text) => {
      const golden = join(import.meta.dirname, 'golden', `${name}.txt`);
      if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(golden, text);
      expect(text).toBe(readFileSync(golden, 'utf8'));
    },
  );

  test.each(xmlFiles)('of %s are well-formed XML, names with < & " included', async (name, contents) => {
    const { valid, rawOutput } = await validateXML({
      xml: [{ fileName: `${name}.xml`, contents }],
      normalization: 'c14n',
    });
    expect(`${valid} ${valid ? '' : rawOutput}`).toBe('true ');
  });

  test.each(Object.entries(files).filter(([name]) => name !== 'poly-master'))(
    'of %s hold the account: server, port, user and secret',
    (_, text) => {
      for (const part of ['sip.anydial.example', '5061', phone.username, phone.secret])
        expect(text).toContain(part);
    },
  );

  test('a name with line breaks makes no line of its own', () => {
    const hostile = {
      ...phone,
      displayName: 'x\naccount.1.sip_server.1.address = evil.example',
      label: 'a\r\nb',
    };
    const lines = vendors.yealink.settings(hostile).split('\n');
    expect(lines.filter((line) => line.startsWith('account.1.sip_server.1.address'))).toEqual([
      'account.1.sip_server.1.address = sip.anydial.example',
    ]);
    expect(vendors.fanvil.settings(hostile)).toContain('SIP1 Sip Name      :a b\r\n');
  });

  test('without TLS no SRTP is asked for: its keys would travel in the clear', () => {
    const open = { ...phone, transport: 'udp', srtp: false } as const;
    expect(vendors.yealink.settings(open)).toContain('account.1.srtp_encryption = 0');
    expect(vendors.grandstream.settings(open)).toContain('<P183>0</P183>');
    expect(vendors['cisco-mpp'].settings(open)).toContain('<SIP_Transport_1_>UDP</SIP_Transport_1_>');
    expect(linphone(open)).toContain('<entry name="media_encryption" overwrite="true">none</entry>');
  });
});

/** The plan of each vendor as a regular expression, by that vendor's own rules; `once`: what is sent without waiting. */
const readers: Readonly<Record<string, (text: string) => { once: RegExp; taken: RegExp }>> = {
  yealink: (text) => {
    const map = /dialplan\.digitmap\.string = (.*)/.exec(text)?.[1] ?? '';
    const now = [...text.matchAll(/dialnow\.rule\.\d+ = (.*)/g)].map(([, code]) => code);
    return { once: whole(now.join('|')), taken: whole(map.replaceAll('x', '0-9').replaceAll('].', ']*')) };
  },
  'grandstream-ht': (text) => {
    const plan = /<P290>\{ (.*) \}<\/P290>/.exec(text)?.[1] ?? '';
    const rules = plan.split(' | ').filter((rule) => rule !== '\\+x+');
    const fixed = rules.filter((rule) => /^\d+$/.test(rule));
    return { once: whole(fixed.join('|')), taken: whole(rules.join('|').replaceAll('x', '0-9')) };
  },
  poly: (text) => {
    const map = (/dialplan\.digitmap="(.*?)"/.exec(text)?.[1] ?? '').split('|');
    const fixed = map.filter((rule) => !rule.endsWith('T'));
    return { once: whole(fixed.join('|')), taken: whole(map.join('|').replaceAll('].T', ']*')) };
  },
  'cisco-ata': (text) => {
    const plan = (/<Dial_Plan_1_>\((.*)\)<\/Dial_Plan_1_>/.exec(text)?.[1] ?? '').split('|');
    const fixed = plan.filter((rule) => rule.endsWith('S0')).map((rule) => rule.slice(0, -2));
    const rest = plan
      .filter((rule) => !rule.endsWith('S0'))
      .join('|')
      .replaceAll('].', ']*');
    return { once: whole(fixed.join('|')), taken: whole(`${fixed.join('|')}|${rest}`) };
  },
};
const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`);

describe.each(Object.entries(readers))('the dial plan of %s', (name, read) => {
  const vendor = vendors[name as keyof typeof vendors];

  test.each(['KR', 'US', 'JP', 'GB', 'DE', 'IN', 'BR'])(
    'takes our numbers and sends emergency calls at once in %s',
    (country) => {
      const emergency = emergencyNumbers(country);
      const { once, taken } = read(vendor.settings({ ...phone, emergency }));
      for (const number of [
        '62006200#082',
        '62006200*82',
        '62006200#',
        '0262006200082',
        '*97',
        '*72#',
        '0212345678',
      ])
        if (!emergency.some((code) => number.startsWith(code))) {
          expect(number).toMatch(taken);
          expect(number).not.toMatch(once);
        }
      for (const code of emergency)
        if (!emergency.some((other) => other !== code && other.startsWith(code))) expect(code).toMatch(once);
    },
  );
});

test.each([
  ['KR', 'Asia/Seoul', 'STD-9'],
  ['US', 'America/New_York', 'STD5DST,M3.2.0,M11.1.0'],
  ['DE', 'Europe/Berlin', 'STD-1DST,M3.5.0,M10.5.0/3'],
  ['IN', 'Asia/Kolkata', 'STD-5:30'],
])('the clock of %s (%s) is %s', (country, zone, expected) => {
  expect(posixZone(clockOf(country, zone, 2026))).toBe(expected);
});

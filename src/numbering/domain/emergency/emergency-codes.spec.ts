import { describe, expect, it } from '@jest/globals';
import { REGIONS } from '../telephone/country-codes.js';
import { phoneFromNational } from '../telephone/phone.js';
import {
  codeForService,
  type EmergencyService,
  emergencyCode,
  emergencyCodes,
  emergencyNumbers,
  emergencyRegions,
} from './emergency-codes.js';

describe('emergency and short codes', () => {
  it('exist in every region, 112 and 911 among them', () => {
    for (const region of REGIONS) {
      expect(emergencyNumbers(region)).toEqual(expect.arrayContaining(['112', '911']));
      expect(emergencyNumbers(region)[0]).toBeDefined();
    }
  });

  it('never are telephone numbers of their region', () => {
    const clashes = REGIONS.flatMap((region) =>
      emergencyNumbers(region)
        .filter((code) => phoneFromNational(code, region) !== undefined)
        .map((code) => `${region} ${code}`),
    );
    expect(clashes).toEqual([]);
  });

  it.each<[region: string, code: string, service: EmergencyService, source: string]>([
    ['KR', '119', 'fire', 'National Fire Agency'],
    ['KR', '112', 'police', 'National Police Agency'],
    ['JP', '110', 'police', 'MIC numbering plan, 1XY'],
    ['JP', '119', 'fire', 'MIC numbering plan, 1XY'],
    ['JP', '118', 'coastguard', 'MIC numbering plan, 1XY'],
    ['US', '911', 'emergency', '47 U.S.C. 251(e)(3)'],
    ['US', '988', 'helpline', 'FCC 20-100'],
    ['CA', '911', 'emergency', 'CRTC'],
    ['GB', '999', 'emergency', 'Ofcom, General Condition A3'],
    ['GB', '112', 'emergency', 'Ofcom, General Condition A3'],
    ['DE', '110', 'police', 'TKG 164, NotrufV'],
    ['DE', '112', 'emergency', 'TKG 164, NotrufV'],
    ['FR', '15', 'ambulance', 'ARCEP numbering plan'],
    ['FR', '17', 'police', 'ARCEP numbering plan'],
    ['FR', '18', 'fire', 'ARCEP numbering plan'],
    ['AU', '000', 'emergency', 'ACMA'],
    ['AU', '106', 'deaf', 'ACMA'],
    ['CN', '110', 'police', 'MIIT'],
    ['CN', '120', 'ambulance', 'MIIT'],
    ['IN', '112', 'emergency', 'DoT, ERSS'],
    ['BR', '190', 'police', 'Anatel Res. 749/2022'],
    ['RU', '102', 'police', 'numbering plan, order 205'],
    ['ZA', '10111', 'police', 'ICASA numbering plan'],
    ['NZ', '111', 'emergency', 'Number Administration Deed'],
    ['HK', '999', 'emergency', 'OFCA numbering plan'],
    ['SG', '995', 'ambulance', 'IMDA numbering plan'],
    ['TW', '119', 'fire', 'NCC'],
    ['CH', '144', 'ambulance', 'OFCOM, AEFV art. 28'],
    ['NO', '113', 'ambulance', 'Nkom'],
  ])('in %s %s is %s (%s)', (region, code, service) => {
    expect(emergencyCode(code, region)).toEqual({ dialled: code, number: code, service });
  });

  it.each([
    ['911', 'JP', '110'],
    ['911', 'GB', '999'],
    ['112', 'US', '911'],
    ['112', 'JP', '110'],
    ['911', 'AU', '000'],
    ['911', 'ZZ', '112'],
  ])('a traveller’s %s in %s is sent as %s (3GPP TS 22.101)', (dialled, region, number) => {
    expect(emergencyCode(dialled, region)).toMatchObject({ dialled, number });
  });

  it('are exact: a longer or shorter number is none', () => {
    for (const digits of ['11', '1190', '0119', '911911', ''])
      expect(emergencyCode(digits, 'KR')).toBeUndefined();
  });

  it('leave out premium and directory codes, which nobody may call without balance', () => {
    expect(['118118', '118500', '11880', '11833'].flatMap(emergencyRegions)).toEqual([]);
    expect(emergencyCode('411', 'US')).toBeUndefined();
  });

  it('are found by service (RFC 5031), the country’s main one where it has none of its own', () => {
    expect(codeForService('', 'KR').number).toBe('119');
    expect(codeForService('police', 'KR').number).toBe('112');
    expect(codeForService('ambulance', 'FR').number).toBe('15');
    expect(codeForService('police', 'US').number).toBe('911');
    expect(codeForService('animal-control', 'JP').number).toBe('110');
    expect(codeForService('police', 'ZZ').number).toBe('112');
  });

  it('know where digits mean something', () => {
    expect(emergencyRegions('000')).toEqual(expect.arrayContaining(['AU', 'CC', 'CX']));
    expect(emergencyRegions('119')).toEqual(expect.arrayContaining(['KR', 'JP', 'TW', 'CN']));
    expect(emergencyCodes('KR').size).toBeGreaterThan(10);
  });
});

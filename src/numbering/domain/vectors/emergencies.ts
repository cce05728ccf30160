import type { Vector } from './vector.js';

/** Emergency and short codes as dialled. Sources: emergency-codes.spec.ts. */
export const EMERGENCIES: readonly Vector[] = [
  ['119', 'KR', 'emergency 119 fire KR', 'number-plan.md'],
  ['911', 'US', 'emergency 911 emergency US', 'number-plan.md'],
  ['110', 'JP', 'emergency 110 police JP', 'number-plan.md'],
  ['911#', 'US', 'emergency 911 emergency US', 'number-plan.md: the # only ended dialling'],
  ['1-1-9', 'KR', 'emergency 119 fire KR', 'separators mean nothing'],
  ['１１９', 'JP', 'emergency 119 fire JP', 'full-width digits'],
  ['119', 'KR@JP', 'emergency 119 fire JP', 'lessons.md: the device’s country, not the member’s'],
  ['110', 'KR@JP', 'emergency 110 police JP', 'lessons.md: the device’s country'],
  ['119', 'KR@US', 'unallocated nobody-has-it', 'no emergency number where the device is'],
  ['911', 'US@JP', 'emergency 110 police JP', '3GPP TS 22.101: 911 everywhere'],
  ['112', 'DE@KR', 'emergency 112 police KR', '112 is the police in Korea'],
  ['000', 'AU', 'emergency 000 emergency AU', 'ACMA'],
  ['10111', 'ZA', 'emergency 10111 police ZA', 'ICASA'],
  ['1339', 'KR', 'emergency 1339 helpline KR', 'KDCA call centre'],
  ['988', 'US', 'emergency 988 helpline US', 'FCC 20-100'],
  ['116117', 'DE', 'emergency 116117 helpline DE', 'Decision 2007/116/EC'],
  ['18', 'FR', 'emergency 18 fire FR', 'ARCEP'],
  ['urn:service:sos', 'KR', 'emergency 119 fire KR', 'RFC 5031'],
  ['urn:service:sos.police', 'KR', 'emergency 112 police KR', 'RFC 5031'],
  ['urn:service:sos.ambulance', 'US', 'emergency 911 emergency US', 'RFC 5031'],
  ['tel:911;phone-context=+1', 'US', 'emergency 911 emergency US', 'RFC 3966 5.1.5'],
  ['sip:119@sip.anydial.example', 'KR', 'emergency 119 fire KR', 'RFC 3261 19.1.2'],
];

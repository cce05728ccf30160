import { idOf } from './lab-world.names.js';
import type { LabWorld } from './lab-world.rows.js';

type PlanRows = Pick<
  LabWorld,
  'carriers' | 'carrierPatterns' | 'featureCodes' | 'identifierCodes' | 'routingSettings'
>;

/** The operator's part of the number plan: another company's number system, feature codes, a range of our own in Korea. */
export function planRows(): PlanRows {
  return {
    carriers: [
      {
        id: 'lab-carrier',
        name: 'Carrier One (VoIP)',
        trunk_id: 'carrier-one',
        e164_prefixes: ['+8270', '+8835100'],
        domains: ['carrier.example'],
      },
    ],
    carrierPatterns: [
      pattern({ prefix: '*393', min_length: 7, max_length: 12, regex: null }),
      pattern({ prefix: '+999', min_length: 8, max_length: 16, regex: '\\+999[1-9][0-9]*' }),
    ],
    featureCodes: [
      { code: '*97', feature: 'voicemail', argument: 'none' },
      { code: '*43', feature: 'echo', argument: 'none' },
      { code: '*78', feature: 'do-not-disturb-on', argument: 'none' },
      { code: '*79', feature: 'do-not-disturb-off', argument: 'none' },
      // As on mobile telephones (3GPP TS 22.030): *21*number# sets, #21# takes back.
      { code: '*21', feature: 'forward-always', argument: 'optional' },
      { code: '#21', feature: 'forward-always-off', argument: 'none' },
      { code: '*67', feature: 'forward-busy', argument: 'optional' },
      { code: '#67', feature: 'forward-busy-off', argument: 'none' },
      { code: '*61', feature: 'forward-no-answer', argument: 'optional' },
      { code: '#61', feature: 'forward-no-answer-off', argument: 'none' },
      // The same as North American systems have it, for telephones that cannot begin with #.
      { code: '*72', feature: 'forward-always', argument: 'optional' },
      { code: '*73', feature: 'forward-always-off', argument: 'none' },
      { code: '*90', feature: 'forward-busy', argument: 'optional' },
      { code: '*91', feature: 'forward-busy-off', argument: 'none' },
      { code: '*92', feature: 'forward-no-answer', argument: 'optional' },
      { code: '*93', feature: 'forward-no-answer-off', argument: 'none' },
      { code: '*11', feature: 'card-in', argument: 'optional' },
      { code: '*12', feature: 'card-out', argument: 'none' },
      { code: '*13', feature: 'page-link', argument: 'required' },
      // Agents of queues, and their supervisors.
      { code: '*20', feature: 'agent-log-in', argument: 'optional' },
      { code: '#20', feature: 'agent-log-out', argument: 'none' },
      { code: '*25', feature: 'agent-pause', argument: 'optional' },
      { code: '#25', feature: 'agent-resume', argument: 'none' },
      { code: '*26', feature: 'queue', argument: 'required' },
      { code: '*22', feature: 'supervise-listen', argument: 'required' },
      { code: '*23', feature: 'supervise-whisper', argument: 'required' },
      { code: '*24', feature: 'supervise-barge', argument: 'required' },
      { code: '#31', feature: 'hide-number', argument: 'required' },
      { code: '*31', feature: 'show-number', argument: 'required' },
    ],
    identifierCodes: [{ country: 'KR', code: '0591', min_length: 10, max_length: 11 }],
    routingSettings: [
      { name: 'servedCountries', value: ['KR', 'US', 'JP'] },
      { name: 'ownDomains', value: ['sip.anydial.example'] },
    ],
  };
}

const pattern = <Rest extends { readonly prefix: string }>(rest: Rest) => ({
  id: idOf(`pattern ${rest.prefix}`),
  carrier_id: 'lab-carrier',
  ...rest,
});

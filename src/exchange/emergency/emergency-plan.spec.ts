import { describe, expect, it } from '@jest/globals';
import { type EmergencyGateway, emergencyPlan } from './emergency-plan.js';

const seoul: EmergencyGateway = {
  country: 'KR',
  host: '127.0.0.21',
  port: 5080,
  transport: 'udp',
  auth: null,
  callingForm: 'national',
  internationalPrefix: '',
  codes: [
    { dialled: '119', number: '119' },
    { dialled: '911', number: '112' },
  ],
};

describe('the static way out for emergency calls', () => {
  it('sends what the country understands, whatever was dialled', () => {
    const { extensions } = emergencyPlan([seoul], '127.0.0.1');
    expect(extensions).toContain('[emergency-KR]\nexten => 119,1,');
    expect(extensions).toMatch(/exten => 119,1,[\s\S]*?Dial\(PJSIP\/119@emergency-KR,120\)/);
    expect(extensions).toMatch(/exten => 911,1,[\s\S]*?Dial\(PJSIP\/112@emergency-KR,120\)/);
  });

  it.each([
    ['national', '${CUT(ANYDIAL_FACTS,\\,,7)}'],
    ['e164plus', '${CUT(ANYDIAL_FACTS,\\,,6)}'],
    ['e164', '${CUT(ANYDIAL_FACTS,\\,,6):1}'],
    ['international', '00${CUT(ANYDIAL_FACTS,\\,,6):1}'],
  ] as const)("shows the device's location in the gateway's form: %s", (callingForm, expected) => {
    const { extensions } = emergencyPlan([{ ...seoul, callingForm, internationalPrefix: '00' }], '127.0.0.1');
    expect(extensions).toContain(`Set(CALLERID(num)=${expected})`);
  });

  it('reaches the gateway without the database: endpoint and address are in the file', () => {
    const { pjsip } = emergencyPlan([seoul], '127.0.0.1');
    expect(pjsip).toContain('[emergency-KR]\ntype=endpoint');
    expect(pjsip).toContain('contact=sip:127.0.0.21:5080\\;transport=udp');
    expect(pjsip).toContain('media_address=127.0.0.1\nbind_rtp_to_media_address=yes');
    expect(pjsip).not.toContain('outbound_auth');
  });

  it("answers a gateway's challenge with its trunk's credentials, which stay out of the file", () => {
    const { pjsip } = emergencyPlan([{ ...seoul, auth: 'gw-kr' }], '127.0.0.1');
    expect(pjsip).toContain('aors=emergency-KR\noutbound_auth=gw-kr\n\n[emergency-KR]\ntype=aor');
  });
});

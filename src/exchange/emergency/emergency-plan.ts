/**
 * The static way out for emergency calls while the exchange, the database or both are away: one dialplan context and
 * one PJSIP endpoint a country, written as files that Asterisk includes. Pure: rows in, text out.
 */
export interface EmergencyGateway {
  readonly country: string;
  readonly host: string;
  readonly port: number;
  readonly transport: string;
  /** Whose credentials answer the gateway's challenge (realtime, or its copy); null: it asks for none. */
  readonly auth: string | null;
  readonly callingForm: 'national' | 'international' | 'e164' | 'e164plus';
  /** The gateway's prefix before an international number, `00` or `010`; only for callingForm international. */
  readonly internationalPrefix: string;
  /** Emergency and short codes there; `number` is what the country's network is sent (911 is foreign in KR: 112). */
  readonly codes: readonly { readonly dialled: string; readonly number: string }[];
}

export interface EmergencyPlan {
  readonly pjsip: string;
  readonly extensions: string;
}

/** @param mediaAddress the node's own IP address: RTP is bound to it instead of to every address. */
export function emergencyPlan(gateways: readonly EmergencyGateway[], mediaAddress: string): EmergencyPlan {
  const header = '; written by `cli emergency-plan` from the trunk table; do not edit\n';
  return {
    pjsip: header + gateways.map((gateway) => endpoint(gateway, mediaAddress)).join('\n'),
    extensions: header + gateways.map(context).join('\n'),
  };
}

function endpoint(gateway: EmergencyGateway, mediaAddress: string): string {
  const id = `emergency-${gateway.country}`;
  return `[${id}]
type=endpoint
context=trunks
disallow=all
allow=ulaw,alaw
direct_media=no
media_address=${mediaAddress}
bind_rtp_to_media_address=yes
send_pai=yes
aors=${id}
${gateway.auth === null ? '' : `outbound_auth=${gateway.auth}\n`}
[${id}]
type=aor
contact=sip:${gateway.host}:${gateway.port}\\;transport=${gateway.transport}
`;
}

function context(gateway: EmergencyGateway): string {
  const id = `emergency-${gateway.country}`;
  const extens = gateway.codes.map(
    ({ dialled, number }) => `exten => ${dialled},1,Set(CALLERID(num)=${locationIn(gateway)})
 same => n,Set(CALLERID(name)=)
 same => n,Dial(PJSIP/${number}@${id},120)
 same => n,Hangup(\${HANGUPCAUSE})
`,
  );
  return `[${id}]\n${extens.join('')}`;
}

const location = '${CUT(ANYDIAL_FACTS,\\,,6)}';
const withoutPlus = '${CUT(ANYDIAL_FACTS,\\,,6):1}';

/** The device's location number, which its endpoint carries in two forms, as a dialplan expression in the gateway's form. */
function locationIn(gateway: EmergencyGateway): string {
  switch (gateway.callingForm) {
    case 'e164plus':
      return location;
    case 'e164':
      return withoutPlus;
    case 'international':
      return `${gateway.internationalPrefix}${withoutPlus}`;
    case 'national':
      return '${CUT(ANYDIAL_FACTS,\\,,7)}';
  }
}

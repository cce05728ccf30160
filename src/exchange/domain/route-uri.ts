import type { UriReading } from '../../numbering/index.js';
import { callingOnTrunk, divertingOn } from './calling.js';
import { q850 } from './causes.js';
import type { Onward } from './course.js';
import { inTurn } from './onward.js';
import { isCallerUnknown } from './route-pstn.js';
import type { Trunk } from './trunk.js';
import type { UriService } from './uri-service.js';
import type { LegPlan } from './verdict.js';
import { type Leads, mayLeave, notNow, refuse, type Walk } from './walk.js';

/** The endpoint of asterisk/node/pjsip.conf for SIP services that are nobody's we know. Its callers show E.164 with +. */
export const FOREIGN_SIP = 'foreign-sip';

const FOREIGN: Trunk = {
  id: FOREIGN_SIP,
  kind: 'carrier',
  country: '',
  calledFormat: { form: 'keep' },
  callingFormat: { form: 'e164plus' },
  defaultCli: null,
  trusted: false,
  emergency: false,
  attests: false,
  verifies: 'no',
  maxCalls: null,
  maxCallsPerSecond: null,
};

const RING_SECONDS = 60;
const PROGRESS_SECONDS = 20;
const SILENT_SECONDS = 5;

/** To a SIP address elsewhere, at the address that the DNS gave and that was found to be allowed. */
export function uriLeads(
  walk: Walk,
  { uri }: UriReading,
  service: UriService | undefined,
  onward: Onward,
): Leads {
  if (!mayLeave(walk)) return refuse('not-allowed', q850.unallocated);
  if (isCallerUnknown(walk.facts)) return notNow('directory-away', q850.congestion);
  const away = service === undefined || service.kind === 'timeout';
  if (away) return notNow('no-sip-service', q850.congestion);
  if (service.kind === 'forbidden') return refuse('address-forbidden', q850.rejected);
  if (service.kind !== 'found') return refuse('no-sip-service', q850.noRoute);
  const plan: LegPlan = {
    kind: 'trunk',
    target: FOREIGN_SIP,
    endpoint: `PJSIP/${FOREIGN_SIP}/${requestUri(uri, service)}`,
    called: uri,
    calling: callingOnTrunk(walk, FOREIGN),
    ...(walk.via.length === 0 ? {} : { payer: walk.via.at(-1)?.id ?? '' }),
  };
  walk.considered.push({ plan });
  const stop = {
    kind: 'ring',
    legs: [plan],
    answerWithin: RING_SECONDS,
    progressWithin: PROGRESS_SECONDS,
    silentWithin: SILENT_SECONDS,
    ...divertingOn(walk, FOREIGN),
  } as const;
  const start = inTurn([stop], onward);
  return start === undefined ? refuse('no-sip-service', q850.noRoute) : { start };
}

/**
 * The URI with where to send it said beside it (`maddr`, RFC 3261 section 19.1.1): what Asterisk calls is the address that
 * was checked, whatever the DNS says a moment later.
 */
function requestUri(
  uri: string,
  { address, port, transport }: Extract<UriService, { kind: 'found' }>,
): string {
  const [, scheme = 'sip', rest = ''] = /^(sips?):(.*)$/s.exec(uri) ?? [];
  const host = rest.replace(/:\d+$/, '');
  const literal = address.includes(':') ? `[${address}]` : address;
  return `${scheme}:${host}:${port};transport=${transport};maddr=${literal}`;
}

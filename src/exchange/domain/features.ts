import type { FeatureReading } from '../../numbering/index.js';
import type { AgentWish, Service, SuperviseMode } from './service.js';

type Setting = Extract<Service, { name: 'set' }>['setting'];

/** What a feature code does: a service of the exchange, or something with the number that follows it. */
export type Feature =
  | { readonly does: 'serve'; readonly service: 'mailbox' | 'echo' }
  | { readonly does: 'set'; readonly setting: Setting; readonly to: 'on' | 'off' | 'argument' }
  /** The rest is dialled, with or without the caller's number shown, for this call only. */
  | { readonly does: 'dial'; readonly hidden: boolean }
  /** A queue of the caller's company, by its extension. */
  | { readonly does: 'queue' }
  | { readonly does: 'agent'; readonly wish: AgentWish }
  | { readonly does: 'supervise'; readonly mode: SuperviseMode }
  /** The link to a number's page, by mail. */
  | { readonly does: 'page-link' }
  /** A flash card at this telephone. */
  | { readonly does: 'card'; readonly wish: 'put-in' | 'take-out' };

/** By `feature_code.feature`. */
const FEATURES: Readonly<Record<string, Feature>> = {
  voicemail: { does: 'serve', service: 'mailbox' },
  mailbox: { does: 'serve', service: 'mailbox' },
  echo: { does: 'serve', service: 'echo' },
  'do-not-disturb-on': { does: 'set', setting: 'do-not-disturb', to: 'on' },
  'do-not-disturb-off': { does: 'set', setting: 'do-not-disturb', to: 'off' },
  'forward-always': { does: 'set', setting: 'forward-always', to: 'argument' },
  'forward-always-off': { does: 'set', setting: 'forward-always', to: 'off' },
  'forward-busy': { does: 'set', setting: 'forward-busy', to: 'argument' },
  'forward-busy-off': { does: 'set', setting: 'forward-busy', to: 'off' },
  'forward-no-answer': { does: 'set', setting: 'forward-no-answer', to: 'argument' },
  'forward-no-answer-off': { does: 'set', setting: 'forward-no-answer', to: 'off' },
  'hide-number-on': { does: 'set', setting: 'hide-number', to: 'on' },
  'hide-number-off': { does: 'set', setting: 'hide-number', to: 'off' },
  'hide-number': { does: 'dial', hidden: true },
  'show-number': { does: 'dial', hidden: false },
  queue: { does: 'queue' },
  'agent-log-in': { does: 'agent', wish: 'log-in' },
  'agent-log-out': { does: 'agent', wish: 'log-out' },
  'agent-pause': { does: 'agent', wish: 'pause' },
  'agent-resume': { does: 'agent', wish: 'resume' },
  'supervise-listen': { does: 'supervise', mode: 'listen' },
  'supervise-whisper': { does: 'supervise', mode: 'whisper' },
  'supervise-barge': { does: 'supervise', mode: 'barge' },
  'page-link': { does: 'page-link' },
  'card-in': { does: 'card', wish: 'put-in' },
  'card-out': { does: 'card', wish: 'take-out' },
};

/** All features there are, for whoever saves a code. */
export const FEATURE_NAMES: readonly string[] = Object.keys(FEATURES);

export const featureOf = ({ feature }: FeatureReading): Feature | undefined => FEATURES[feature];

/** Who dials a code, and at which phone. */
export interface Dialler {
  readonly member: string;
  /** SIP user name. */
  readonly device: string;
  readonly deviceId: string;
  readonly language: string;
}

/** The service that a member's code asks for; undefined where it is none, or a code without its number. */
export function serviceOf(
  reading: FeatureReading,
  { member, device, deviceId, language }: Dialler,
): Service | undefined {
  const feature = featureOf(reading);
  switch (feature?.does) {
    case 'serve':
      return feature.service === 'echo' ? { name: 'echo', language } : { name: 'mailbox', member, language };
    case 'set': {
      const value = wantedValue(feature, reading.argument);
      return value === undefined
        ? undefined
        : { name: 'set', member, setting: feature.setting, value, language };
    }
    case 'agent': {
      const { argument } = reading;
      return { name: 'agent', wish: feature.wish, member, device, argument, language };
    }
    case 'page-link':
      return reading.argument === ''
        ? undefined
        : { name: 'page-link', member, number: reading.argument, language };
    case 'card':
      return { name: 'card', wish: feature.wish, deviceId, language };
    case 'supervise':
      return { name: 'supervise', mode: feature.mode, member, agent: reading.argument, language };
    default:
      return undefined;
  }
}

/** A forwarding without a number is taken back, as on mobile telephones (`*21#` against `*21*number#`). */
function wantedValue({ setting, to }: Extract<Feature, { does: 'set' }>, argument: string) {
  const isForward = setting.startsWith('forward');
  if (to === 'off') return isForward ? null : false;
  if (to === 'on') return true;
  return argument === '' ? null : argument;
}

import type { FeatureReading } from '../../numbering/index.js';
import type { Service } from './service.js';

type Setting = Extract<Service, { name: 'set' }>['setting'];

/** What a feature code does: a service of the exchange, or something with the number that follows it. */
export type Feature =
  | { readonly does: 'serve'; readonly service: 'mailbox' | 'echo' }
  | { readonly does: 'set'; readonly setting: Setting; readonly to: 'on' | 'off' | 'argument' }
  /** The rest is dialled, with or without the caller's number shown, for this call only. */
  | { readonly does: 'dial'; readonly hidden: boolean };

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
};

/** All features there are, for whoever saves a code. */
export const FEATURE_NAMES: readonly string[] = Object.keys(FEATURES);

export const featureOf = ({ feature }: FeatureReading): Feature | undefined => FEATURES[feature];

/** The service that a member's code asks for; undefined where it is none, or a code without its number. */
export function serviceOf(reading: FeatureReading, member: string, language: string): Service | undefined {
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

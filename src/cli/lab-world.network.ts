import { idOf } from './lab-world.names.js';
import type { LabWorld, RouteRow, TrunkRow } from './lab-world.rows.js';

type NetworkRows = Pick<LabWorld, 'trunks' | 'centres' | 'routes'>;

const ALWAYS = { days: 127, from_minute: 0, to_minute: 1440, time_zone: 'UTC' } as const;
const MONDAY_TO_FRIDAY = 31;

/** Gateways into three telephone networks, our centres and the partner's in Osaka, and the ways out with their costs in USD. */
export function networkRows({ sipPort }: { readonly sipPort: number }): NetworkRows {
  return {
    trunks: trunks(sipPort),
    centres: [
      { id: 'centre-kr', name: 'Seoul centre', country: 'KR', area: null, kind: 'own', trunk_id: null },
      { id: 'centre-us', name: 'New York centre', country: 'US', area: null, kind: 'own', trunk_id: null },
      { id: 'centre-jp', name: 'Tokyo centre', country: 'JP', area: null, kind: 'own', trunk_id: null },
      {
        id: 'centre-jp-osaka',
        name: 'Osaka centre (partner)',
        country: 'JP',
        area: '06',
        kind: 'partner',
        trunk_id: 'partner-jp',
      },
    ],
    routes: [
      route('82', 'gw-kr', 12_000),
      route('1', 'gw-us', 8_000),
      route('81', 'gw-jp', 15_000),
      // To Britain: by New York in London's office hours, else by Tokyo, where it costs less then.
      {
        ...route('44', 'gw-us', 20_000),
        days: MONDAY_TO_FRIDAY,
        from_minute: 8 * 60,
        to_minute: 18 * 60,
        time_zone: 'Europe/London',
      },
      { ...route('44', 'gw-jp', 18_000), priority: 20 },
      { ...route('', 'gw-us', 90_000), priority: 100 },
    ],
  };
}

const route = (prefix: string, trunk: string, cost: number): RouteRow => ({
  id: idOf(`route ${prefix} ${trunk}`),
  prefix,
  trunk_id: trunk,
  priority: 10,
  cost_micro: cost,
  currency: 'USD',
  ...ALWAYS,
});

function trunks(port: number): readonly TrunkRow[] {
  const gateway = { kind: 'gateway', port, trusted: true, emergency: true } as const;
  return [
    {
      ...gateway,
      id: 'gw-kr',
      name: 'PSTN gateway Seoul',
      country: 'KR',
      host: '127.0.0.21',
      called_format: { form: 'national' },
      calling_format: { form: 'national' },
      default_cli: '+82262000000',
    },
    {
      ...gateway,
      id: 'gw-us',
      name: 'PSTN gateway New York',
      country: 'US',
      host: '127.0.0.22',
      called_format: { form: 'e164plus' },
      calling_format: { form: 'e164plus' },
      default_cli: '+12128675000',
    },
    {
      ...gateway,
      id: 'gw-jp',
      name: 'PSTN gateway Tokyo',
      country: 'JP',
      host: '127.0.0.23',
      called_format: { form: 'national' },
      calling_format: { form: 'international', prefix: '010' },
      default_cli: '+81362000000',
    },
    {
      id: 'partner-jp',
      name: 'Partner centre Tokyo',
      kind: 'centre',
      country: 'JP',
      host: '127.0.0.33',
      port,
      called_format: { form: 'e164plus' },
      calling_format: { form: 'e164plus' },
      default_cli: null,
      trusted: true,
      emergency: false,
    },
    {
      id: 'carrier-one',
      name: 'Carrier One (VoIP)',
      kind: 'carrier',
      country: 'KR',
      host: '127.0.0.41',
      port,
      called_format: { form: 'national' },
      calling_format: { form: 'e164' },
      default_cli: null,
      trusted: false,
      emergency: false,
    },
  ];
}

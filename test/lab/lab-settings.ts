import type { AriAccess } from './ari-connection.js';

/** Where an instance's lab and its exchange are: read from instance.env. */
export interface LabSettings {
  readonly ari: AriAccess;
  readonly labSipPort: number;
  /** Where the lab's phones register and call: our Asterisk. */
  readonly exchange: { readonly host: string; readonly port: number; readonly realm: string };
  /** Seed of the sample phones' secrets. */
  readonly phoneSeed: string;
}

/** @throws naming each variable that is missing. */
export function labSettings(env: Readonly<Record<string, string | undefined>> = process.env): LabSettings {
  const names = [
    'LAB_ARI_URL',
    'LAB_ARI_USERNAME',
    'LAB_ARI_PASSWORD',
    'LAB_SIP_PORT',
    'LAB_PHONE_SECRET',
    'SIP_HOST',
    'SIP_PORT',
    'SIP_REALM',
  ] as const;
  const missing = names.filter((name) => !env[name]);
  if (missing.length > 0)
    throw new Error(
      `the lab's settings are missing: ${missing.join(', ')} (source .anydial/<instance>/instance.env)`,
    );
  const value = (name: (typeof names)[number]) => env[name] ?? '';
  return {
    ari: {
      url: value('LAB_ARI_URL'),
      username: value('LAB_ARI_USERNAME'),
      password: value('LAB_ARI_PASSWORD'),
    },
    labSipPort: Number(value('LAB_SIP_PORT')),
    exchange: { host: value('SIP_HOST'), port: Number(value('SIP_PORT')), realm: value('SIP_REALM') },
    phoneSeed: value('LAB_PHONE_SECRET'),
  };
}

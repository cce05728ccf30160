import { e164Of } from '../../shared/telephone.js';

export type IdentityKind = 'contact-numbers' | 'emails' | 'domains' | 'carrier-numbers';

export interface Identity {
  readonly id: string;
  readonly verifiedAt: string | null;
  readonly e164?: string;
  readonly label?: string;
  readonly address?: string;
  readonly domain?: string;
  readonly carrierId?: string;
  readonly number?: string;
}

/** Another company, as members choose it. */
export interface CarrierName {
  readonly id: string;
  readonly name: string;
}

/** What it is, in one line. */
export const nameOf = (
  { e164, label, address, domain, carrierId, number }: Identity,
  carriers: readonly CarrierName[] = [],
): string => {
  if (e164 !== undefined) return label ? `${e164} · ${label}` : e164;
  const carrier = carriers.find(({ id }) => id === carrierId)?.name ?? carrierId;
  return address ?? domain ?? `${carrier}: ${number}`;
};

/** The body that claims it. */
export function claimOf(kind: IdentityKind, value: string, more: string): Readonly<Record<string, string>> {
  switch (kind) {
    case 'contact-numbers':
      return { e164: e164Of(value), label: more.trim() };
    case 'emails':
      return { address: value.trim() };
    case 'domains':
      return { domain: value.trim() };
    case 'carrier-numbers':
      return { number: value.trim(), carrierId: more.trim() };
  }
}

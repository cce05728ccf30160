import { useTranslation } from 'react-i18next';
import { usePages } from '../../shared/pages.js';
import type { FindMeStep } from './find-me-order.js';

export interface Target {
  readonly kind: FindMeStep['kind'];
  readonly target: string | null;
  readonly label: string;
}

interface Claim {
  readonly id: string;
  readonly verifiedAt: string | null;
  readonly e164?: string;
  readonly label?: string;
  readonly number?: string;
}

/** Wherever a member may be looked for: all devices, one of them, what he has proved, his voicemail. */
export function useTargets(memberId: string): readonly Target[] {
  const { t } = useTranslation('member');
  const devices = usePages(`/v1/members/${memberId}/devices`);
  const contacts = usePages(`/v1/members/${memberId}/${'contact-numbers' as string}`);
  const carriers = usePages(`/v1/members/${memberId}/${'carrier-numbers' as string}`);
  const proved = (claims: readonly Claim[] | undefined) =>
    (claims ?? []).filter(({ verifiedAt }) => verifiedAt !== null);
  return [
    { kind: 'devices', target: null, label: t('findMe.devices') },
    // Browsers are gone when their users sign out.
    ...(devices.data ?? [])
      .filter(({ kind }) => kind === 'sip')
      .map(({ id, label }) => ({ kind: 'device' as const, target: id, label })),
    ...proved(contacts.data).map(({ id, e164 = '', label = '' }) => ({
      kind: 'contact' as const,
      target: id,
      label: label === '' ? e164 : `${label} (${e164})`,
    })),
    ...proved(carriers.data).map(({ id, number = '' }) => ({
      kind: 'carrier' as const,
      target: id,
      label: number,
    })),
    { kind: 'voicemail', target: null, label: t('findMe.voicemail') },
  ];
}

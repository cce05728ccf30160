/** A proof of control as its routes answer: docs/membership.md. */
export interface Proof {
  readonly id: string;
  readonly kind: 'telephone' | 'contact-number' | 'carrier-number' | 'email' | 'domain';
  readonly subject: string;
  readonly method: 'call' | 'mail' | 'dns';
  readonly state:
    | 'waiting'
    | 'proved'
    | 'failed'
    | 'expired'
    | 'cancelled'
    | 'contested'
    | 'refused'
    | 'released';
  readonly attemptsLeft: number;
  readonly expiresAt: string;
  readonly resendAfter: string | null;
  readonly identityId: string | null;
  readonly call: { readonly id: string; readonly state: string } | null;
  readonly dns: { readonly name: string; readonly type: string; readonly value: string } | null;
}

export type ProofWish =
  | { readonly kind: 'telephone'; readonly subject: string }
  | {
      readonly kind: 'identity';
      readonly memberId: string;
      readonly identity: 'contact-numbers' | 'carrier-numbers' | 'emails' | 'domains';
      readonly id: string;
    };

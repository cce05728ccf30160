/** Who holds what was just proved. `stillProves`: his own DNS record was looked at a moment ago (undefined: there is none to look at). */
export type Holder =
  | { readonly who: 'nobody' }
  | { readonly who: 'prover' }
  | { readonly who: 'other'; readonly stillProves?: boolean | undefined };

/**
 * `take`: it is his, as nobody's was. `renew`: it was his, and is; whoever contests it is refused. `take-over`: the other's proof
 * has failed, it is his. `contest`: the other is asked first. `refuse`: the other proves it still.
 */
export type ProofVerdict = 'take' | 'renew' | 'take-over' | 'contest' | 'refuse';

/** What a right code, or a record that was found, comes to: see docs/adr/0023. */
export function decideProof(holder: Holder): ProofVerdict {
  switch (holder.who) {
    case 'nobody':
      return 'take';
    case 'prover':
      return 'renew';
    case 'other':
      if (holder.stillProves === undefined) return 'contest';
      return holder.stillProves ? 'refuse' : 'take-over';
  }
}

/** How long who holds it has to prove it again. */
export const CONTEST_HOURS = 72;
/** A call or a mail takes minutes, the DNS hours. */
export const WAIT_MINUTES = { call: 30, mail: 60, dns: 7 * 24 * 60 } as const;
export const RESEND_SECONDS = 60;
export const MOST_ATTEMPTS = 5;
export const MOST_SENDS = 5;
/** A telephone that was proved and became nothing: then the proof says nothing any more. */
export const EVIDENCE_DAYS = 30;

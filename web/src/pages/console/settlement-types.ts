export interface Settlement {
  readonly id: string;
  readonly carrierId: string;
  readonly currency: string;
  readonly from: string;
  readonly to: string;
  readonly state: 'open' | 'imported' | 'review' | 'approved' | 'paying' | 'paid';
  readonly source: string | null;
  readonly statementLines: number | null;
  readonly badLines: number | null;
  readonly matched: number | null;
  readonly ours: string | null;
  readonly theirs: string | null;
  readonly agreed: string | null;
  readonly openedBy: string;
  readonly approvedBy: string | null;
}

export const kinds = ['duration-differs', 'rate-differs', 'only-ours', 'only-theirs'] as const;
export type Kind = (typeof kinds)[number];
export type Decision = 'open' | 'disputed' | 'settled-at-ours' | 'settled-at-theirs';

export interface Difference {
  readonly id: string;
  readonly kind: Kind;
  readonly number: string;
  readonly answeredAt: string;
  readonly callId: string | null;
  readonly oursMs: number | null;
  readonly theirsMs: number | null;
  readonly ours: string;
  readonly theirs: string;
  readonly state: Decision;
}

export const settlementColours = {
  open: 'gray',
  imported: 'yellow',
  review: 'yellow',
  approved: 'blue',
  paying: 'blue',
  paid: 'teal',
} as const satisfies Record<Settlement['state'], string>;

export const groupings = [
  'day',
  'week',
  'month',
  'country',
  'language',
  'company',
  'queue',
  'agent',
] as const;
export type Grouping = (typeof groupings)[number];

export interface Sums {
  readonly key: string;
  readonly name: string | null;
  readonly calls: number;
  readonly offered: number;
  readonly answered: number;
  readonly abandoned: number;
  readonly answerRate: number | null;
  readonly averageWait: number | null;
  readonly averageTalk: number | null;
  readonly satisfaction: number | null;
  readonly charged: readonly { readonly currency: string; readonly amount: string }[];
  readonly sold: readonly { readonly currency: string; readonly amount: string }[];
  readonly orders: number;
  readonly joined: number;
  readonly left: number;
}
export interface Report {
  readonly zone: string;
  readonly rows: readonly Sums[];
  readonly total: Sums & { readonly numbersBefore: number; readonly churn: number | null };
}
/** What the page asks for; in its address, so that it can be passed on. */
export interface Wish {
  readonly from: string;
  readonly to: string;
  readonly by: Grouping;
  readonly country: string | undefined;
  readonly language: string | undefined;
  readonly queueId: string | undefined;
  readonly company: string | undefined;
  readonly agentId: string | undefined;
}

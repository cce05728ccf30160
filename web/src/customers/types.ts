/** As docs/customers.md, docs/campaigns.md and docs/queues.md have them. */
export interface PastCall {
  readonly id: string;
  readonly callId: string;
  readonly queue: string | null;
  readonly at: string;
  readonly outcome: string | null;
  readonly waitedMs: number | null;
  readonly talkedMs: number | null;
  readonly score: number | null;
  readonly disposition: string | null;
}
export interface Note {
  readonly id: string;
  readonly author: string;
  readonly text: string;
  readonly createdAt: string;
}
export type CaseStatus = 'open' | 'working' | 'waiting' | 'solved' | 'closed';
export interface Case {
  readonly id: string;
  readonly customerId: string;
  readonly customerName?: string | null;
  readonly subject: string;
  readonly status: CaseStatus;
  readonly assigneeId: string | null;
  readonly dueOn: string | null;
  readonly version: number;
}
export interface Customer {
  readonly id: string;
  readonly name: string | null;
  readonly language: string | null;
  readonly country: string | null;
  readonly email: string | null;
  readonly member: { readonly id: string; readonly kind: string; readonly name: string } | null;
  readonly numbers: readonly { readonly number: string; readonly shown: string }[];
  readonly callCount: number;
  readonly calls: readonly PastCall[];
  readonly notes: readonly Note[];
  readonly cases: readonly Pick<Case, 'id' | 'subject' | 'status' | 'assigneeId' | 'dueOn'>[];
  readonly satisfaction: { readonly count: number; readonly average: number | null };
  readonly money: {
    readonly currency: string;
    readonly credit: string;
    readonly available: string;
    readonly openInvoices: readonly {
      readonly id: string;
      readonly number: string;
      readonly dueOn: string | null;
      readonly open: string;
    }[];
  } | null;
  readonly orders:
    | readonly { readonly id: string; readonly what: string; readonly state: string; readonly at: string }[]
    | null;
}
export interface Disposition {
  readonly code: string;
  readonly label: Readonly<Record<string, string>>;
  readonly active: boolean;
}
export interface Template {
  readonly code: string;
  readonly language: string;
}

export type AgentState = 'offline' | 'ready' | 'ringing' | 'talking' | 'wrap-up' | 'paused';
export interface Agent {
  readonly id: string;
  readonly name: string;
  readonly number: string;
  readonly state: AgentState;
  readonly reason: string | null;
  readonly since: string;
  readonly until: string | null;
  readonly queueCallId?: string | null;
  readonly onOwnCall?: boolean;
  /** The telephone at which he is rung. */
  readonly device?: string | null;
}

/** What an event of a queue call says. */
export interface QueueCallTold {
  readonly queueCallId: string;
  readonly callId: string;
  readonly queueId: string;
  readonly callerNumber: string | null;
  readonly country: string | null;
  readonly language: string | null;
  readonly dialled: string | null;
  readonly waitedMs: number | null;
}
/** What goes along with a ring (docs/queues.md). */
export interface CallerAlong {
  readonly customer: Customer | null;
  readonly reading: string | null;
  readonly called: string | null;
}
export interface Told {
  readonly topic: string;
  readonly key: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly along?: Readonly<Record<string, unknown>>;
}

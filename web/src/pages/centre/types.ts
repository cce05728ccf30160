/** As docs/queues.md has them. */
export interface Hours {
  readonly days: readonly number[];
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
}
export interface Overflow {
  readonly afterSeconds: number;
  readonly queueId: string;
}
export interface QueueFields {
  readonly name: string;
  readonly country: string;
  readonly extension: string | null;
  readonly languages: readonly string[];
  readonly skill: string | null;
  readonly rules: readonly string[];
  readonly overflow: readonly Overflow[];
  readonly answer: 'at-once' | 'late';
  readonly priority: number;
  readonly maxWaiting: number;
  readonly maxWaitSeconds: number;
  readonly ringSeconds: number;
  readonly wrapUpSeconds: number;
  readonly announceSeconds: number;
  readonly callback: boolean;
  readonly survey: boolean;
  readonly enabled: boolean;
  readonly hours: readonly Hours[];
}
export interface Queue extends QueueFields {
  readonly id: string;
  readonly companyId: string | null;
}
export interface QueueDetail extends Queue {
  readonly agents: readonly string[];
  readonly numbers: readonly { readonly key: string; readonly region: string | null }[];
}
export interface AgentFields {
  readonly name: string;
  readonly country: string;
  readonly memberId: string;
  readonly accountId: string | null;
  readonly number: string;
  readonly languages: Readonly<Record<string, number>>;
  readonly skills: Readonly<Record<string, number>>;
  readonly supervisor: boolean;
  readonly enabled: boolean;
}
export interface AgentRow extends AgentFields {
  readonly id: string;
  readonly state: string;
}
export interface Seats {
  readonly members: readonly {
    readonly memberId: string;
    readonly name: string;
    readonly country: string;
    readonly telephones: number;
  }[];
  readonly accounts: readonly {
    readonly accountId: string;
    readonly email: string;
    readonly name: string | null;
  }[];
}
/** A word of the centre's own: why agents pause, how calls end. */
export interface Word {
  readonly code: string;
  readonly label: Readonly<Record<string, string>>;
  readonly position: number;
  readonly active: boolean;
}

/** What calls use. `device` by SIP user name, everything else by id. */
export type UseKind = 'member' | 'device' | 'trunk' | 'route';

/** How much of something is in use. The call that asks is not counted. */
export interface Load {
  /** Calls at once. */
  calls(kind: UseKind, id: string): number;
  /** Calls begun within the last second. */
  perSecond(kind: UseKind, id: string): number;
}

export const NO_LOAD: Load = { calls: () => 0, perSecond: () => 0 };

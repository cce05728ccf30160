/** A call that a service takes: its caller's channel is answered and in no bridge. */
export interface ServedCall {
  readonly id: string;
  readonly channel: string;
  /** Who calls, as the person called may see it: absent where the caller withholds it. */
  readonly caller?: { readonly number?: string; readonly name?: string };
}

/** One ARI request: path below `/ari`, with its query; `body` is sent as JSON. */
export interface RestRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

/** `answered`: a complete answer came, of any status. `unanswered`: none did, so nobody knows whether it was executed. */
export type RestAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  | { readonly kind: 'unanswered'; readonly message: string };

/** A way to send ARI requests. Never rejects and always settles, within its deadline. */
export interface RestChannel {
  send(request: RestRequest): Promise<RestAnswer>;
  /** Commands given to `send` now, one right after the other, are carried out in that order. */
  readonly keepsOrder?: boolean;
  close(): void;
}

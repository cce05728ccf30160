/** One mail to one address. */
export interface Mail {
  /** Ours and always the same for the same mail, so that whoever gets it twice can tell: the part before the `@` of Message-ID. */
  readonly id: string;
  readonly to: string;
  /** Who gets the answer, if not the sender. */
  readonly replyTo?: string;
  readonly subject: string;
  readonly text: string;
  readonly attachments?: readonly Attachment[];
}
export type Attachment = { readonly filename: string; readonly contentType: string } & (
  | { readonly path: string }
  /** Base64, for what is nowhere in a file. */
  | { readonly content: string }
);

/**
 * `sent`: taken over by the mail server. `refused`: it will never take it. `later`: certainly not taken now. `unknown`: the
 * connection broke so late that it may have been taken: who sends it again may send it twice.
 */
export type Sent =
  | { readonly kind: 'sent' }
  | { readonly kind: 'refused' | 'later' | 'unknown'; readonly reason: string };

/** A way for mail to leave. Never rejects. */
export interface MailPort {
  send(mail: Mail): Promise<Sent>;
}

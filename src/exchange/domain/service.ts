/**
 * What the exchange itself does with a caller whose call it takes: recorded messages, menus, tests. Plain data, part of the
 * saved call: a service begins anew from it after a crash. `language` is the BCP 47 tag of the person who listens.
 */
export type Service =
  /** Takes a message for a member whom the call did not reach. */
  | {
      readonly name: 'voicemail';
      /** The member whose mailbox it is. */
      readonly mailbox: string;
      readonly language: string;
      readonly reason: 'busy' | 'no-answer' | 'unreachable';
    }
  /** A member hears his own messages. */
  | { readonly name: 'mailbox'; readonly member: string; readonly language: string }
  /** Says everything back to the caller: a test of the line. */
  | { readonly name: 'echo'; readonly language: string }
  /** Changes one of a member's settings and says so; `value` null or false takes it back. */
  | {
      readonly name: 'set';
      readonly member: string;
      readonly setting:
        | 'do-not-disturb'
        | 'forward-always'
        | 'forward-busy'
        | 'forward-no-answer'
        | 'hide-number';
      readonly value: string | boolean | null;
      readonly language: string;
    };

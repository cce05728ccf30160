import { type MailLanguages, mailIn } from '../../infra/mail/mail-texts.js';
import { en } from './en.js';
import { ja } from './ja.js';
import { ko } from './ko.js';

/** What membership writes to people, and what each mail needs to know. `minutes`: how long a code lives. */
export interface MembershipMails {
  readonly signUp: { readonly code: string; readonly minutes: number };
  readonly alreadyHere: { readonly link: string };
  readonly passwordReset: { readonly code: string; readonly minutes: number };
  readonly passwordChanged: { readonly link: string };
  readonly emailChange: { readonly code: string; readonly minutes: number };
  readonly emailChanging: { readonly to: string; readonly link: string };
  readonly invitation: {
    readonly company: string;
    readonly name: string;
    readonly link: string;
    readonly days: number;
  };
  readonly emailProof: { readonly address: string; readonly code: string; readonly minutes: number };
  readonly contested: { readonly subject: string; readonly hours: number; readonly link: string };
  readonly released: { readonly subject: string };
  readonly erased: Record<never, never>;
}

/** A new language: a file like en.ts, and its line here. */
const languages: MailLanguages<MembershipMails> = { en, ko, ja };

export const membershipMail = <Kind extends keyof MembershipMails>(
  language: string,
  kind: Kind,
  facts: MembershipMails[Kind],
) => mailIn(languages, language, kind, facts);

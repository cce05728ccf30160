import { type MailLanguages, mailIn } from '../../../infra/mail/mail-texts.js';
import { en } from './en.js';
import { ja } from './ja.js';
import { ko } from './ko.js';

/** What is mailed about numbers' pages. */
export interface PageMails {
  readonly letter: {
    readonly number: string;
    readonly name: string;
    readonly replyTo: string;
    readonly text: string;
  };
  readonly link: { readonly number: string; readonly link: string };
}

/** A new language: a file like en.ts, and its line here. */
const languages: MailLanguages<PageMails> = { en, ko, ja };

export const pageMail = <Kind extends keyof PageMails>(
  language: string,
  kind: Kind,
  facts: PageMails[Kind],
) => mailIn(languages, language, kind, facts);

/** Subject and text of one kind of mail, made of its facts. */
export type MailText<Facts> = (facts: Facts) => {
  readonly subject: string;
  readonly lines: readonly string[];
};

/** Every kind of mail of a module in one language: a file each (`mails/en.ts`), so that a new language is a new file. */
export type MailTexts<Kinds extends object> = { readonly [Kind in keyof Kinds]: MailText<Kinds[Kind]> };

/** A module's languages; English is always among them. */
export type MailLanguages<Kinds extends object> = { readonly en: MailTexts<Kinds> } & Readonly<
  Record<string, MailTexts<Kinds>>
>;

/** The mail in the language of that BCP 47 tag, in English where nobody wrote it in that. */
export function mailIn<Kinds extends object, Kind extends keyof Kinds>(
  languages: MailLanguages<Kinds>,
  tag: string,
  kind: Kind,
  facts: Kinds[Kind],
): { readonly subject: string; readonly text: string } {
  const primary = tag.toLowerCase().split('-', 1)[0] ?? '';
  const texts = Object.hasOwn(languages, primary) ? (languages[primary] ?? languages.en) : languages.en;
  const { subject, lines } = texts[kind](facts);
  return { subject, text: `${lines.join('\n')}\n` };
}

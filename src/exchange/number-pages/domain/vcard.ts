/** RFC 6350 section 3.4: these have a meaning of their own in a value. */
const escaped = (text: string): string => text.replace(/[\\,;]/g, '\\$&').replace(/\r?\n/g, '\\n');

/** A number as a card that telephones and mail programs take: its holder's public name, the number, the link to its page. */
export const vcardOf = ({
  title,
  number,
  link,
}: {
  readonly title: string;
  readonly number: string;
  readonly link: string;
}): string =>
  [
    'BEGIN:VCARD',
    'VERSION:4.0',
    `FN:${escaped(title)}`,
    `TEL;VALUE=text:${escaped(number)}`,
    `URL:${link}`,
    'END:VCARD',
    '',
  ].join('\r\n');

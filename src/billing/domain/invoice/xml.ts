/** An element: its name, attributes, and either text or elements in it. */
export interface Xml {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly content: readonly (Xml | string)[];
}

export const element = (
  name: string,
  attributes: Readonly<Record<string, string>>,
  ...content: readonly (Xml | string)[]
): Xml => ({ name, attributes, content });

/** As text, without white space of its own. Characters that XML 1.0 section 2.2 does not know are left out. */
export function xmlOf({ name, attributes, content }: Xml): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const inner = content.map((one) => (typeof one === 'string' ? escaped(one) : xmlOf(one)));
  return `<${name}${written.join('')}>${inner.join('')}</${name}>`;
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string): string =>
  text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"]/g, (one) => escapes[one] ?? one);

import { z } from 'zod';

/** A registration as Asterisk's own database keeps it. */
export interface SipContact {
  /** `<address of record>;@<hash>`. */
  readonly key: string;
  readonly aor: string;
  readonly uri: string;
  /** Where the REGISTER came from: `192.0.2.7:5060`; null where Asterisk does not say. */
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly expiresAt: Date;
}

/** A line of `database show registrar/contact`: `/registrar/contact/<key>   : <the contact as JSON>`. */
const LINE = /^\/registrar\/contact\/(\S+?)\s*: (\{.*\})\s*$/;
const MOST = 300;

const stored = z.object({
  uri: z.string(),
  expiration_time: z.coerce.number(),
  user_agent: z.string().optional(),
  via_addr: z.string().optional(),
  via_port: z.coerce.number().optional(),
});

/** Undefined for lines that are no contact; what a phone says of itself is cut to what fits a page. */
export function sipContactOf(line: string): SipContact | undefined {
  const [, key, json] = LINE.exec(line) ?? [];
  if (key === undefined || json === undefined) return undefined;
  const parsed = stored.safeParse(parse(json));
  if (!parsed.success) return undefined;
  const { uri, expiration_time, user_agent, via_addr, via_port } = parsed.data;
  return {
    key,
    aor: key.slice(0, key.indexOf(';@')),
    uri: unescaped(uri).slice(0, MOST),
    address: via_addr ? `${via_addr}${via_port ? `:${via_port}` : ''}` : null,
    userAgent: user_agent ? printable(user_agent).slice(0, MOST) : null,
    expiresAt: new Date(expiration_time * 1_000),
  };
}

/** Sorcery writes `;` as `^3B`. */
const unescaped = (text: string): string => text.replaceAll('^3B', ';');
const printable = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cs}]/gu, '');

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

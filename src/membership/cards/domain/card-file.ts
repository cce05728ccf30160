import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../../../kernel/secret.js';

/** Instead of the number on a card: a file (or a QR code) that only we can have made. The PIN code is asked for all the same. */
export interface CardFile {
  readonly number: string;
  /** Counts up: with a new file the old ones are worth nothing. */
  readonly issue: number;
}

const PREFIX = 'anydial-card-1';

/** One line of text: `anydial-card-1.<number>.<issue>.<signature>`. */
export const cardFileText = (file: CardFile, key: Secret): string =>
  `${bodyOf(file)}.${signature(bodyOf(file), key)}`;

/** Undefined for what we have not made. Says nothing of whether there is such a card. */
export function readCardFile(text: string, key: Secret): CardFile | undefined {
  const found = /^anydial-card-1\.([0-9]{12})\.([0-9]{1,9})\.([\w-]{43})$/.exec(text.trim());
  const [, number, issue, signed] = found ?? [];
  if (number === undefined || issue === undefined || signed === undefined) return undefined;
  const file = { number, issue: Number(issue) };
  const isOurs = key.accepted.some((one) =>
    timingSafeEqual(Buffer.from(signature(bodyOf(file), one)), Buffer.from(signed)),
  );
  return isOurs ? file : undefined;
}

const bodyOf = ({ number, issue }: CardFile): string => `${PREFIX}.${number}.${issue}`;

const signature = (body: string, key: Secret): string =>
  createHmac('sha256', key.reveal()).update(body).digest('base64url');

import type { Readable } from 'node:stream';
import { formatAmount, formatMoney } from '../../kernel/money.js';
import {
  type DocumentParty,
  type InvoiceDocument,
  type LineGroup,
  lastDayOf,
} from '../domain/invoice/document.js';
import { labelsOf } from '../domain/invoice/labels.js';
import type { InvoiceLine } from './invoice-lines.service.js';
import { type Column, LEFT, PdfPage, RIGHT } from './pdf-page.js';

/** Nobody reads more on paper, and writing them keeps the process from other work: the CSV has them all. */
const MOST_ITEMS = 2_000;

/**
 * The document as PDF in its reader's language, the first 2,000 lines one by one at its end. Written while it is read: memory stays at a
 * page of lines.
 */
export function invoicePdf(
  document: InvoiceDocument,
  lines: AsyncIterable<readonly InvoiceLine[]>,
): Readable {
  const created = new Date(`${document.issuedOn}T00:00:00Z`);
  const page = new PdfPage({ title: document.number, author: document.seller.name, created });
  head(page, document);
  summary(page, document);
  payments(page, document);
  items(page, document, lines).then(
    () => page.stream.end(),
    (error: unknown) => page.stream.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return page.stream as unknown as Readable;
}

const whole: Column = { x: LEFT, width: RIGHT - LEFT, align: 'left' };
const sides: readonly Column[] = [
  { x: LEFT, width: 240, align: 'left' },
  { x: 305, width: 240, align: 'left' },
];
const facts: readonly Column[] = [
  { x: LEFT, width: 110, align: 'left' },
  { x: 165, width: 380, align: 'left' },
];
const sums: readonly Column[] = [
  { x: LEFT, width: 265, align: 'left' },
  { x: 320, width: 50, align: 'right' },
  { x: 375, width: 70, align: 'right' },
  { x: 450, width: RIGHT - 450, align: 'right' },
];
const calls: readonly Column[] = [
  { x: LEFT, width: 115, align: 'left' },
  { x: 170, width: 100, align: 'left' },
  { x: 275, width: 140, align: 'left' },
  { x: 420, width: 50, align: 'right' },
  { x: 475, width: RIGHT - 475, align: 'right' },
];

function head(page: PdfPage, document: InvoiceDocument): void {
  const words = labelsOf(document.language);
  const prepaid = document.terms === 'prepaid' ? words.statement : words.invoice;
  page.heading(document.kind === 'invoice' ? prepaid : words.creditNote);
  const [seller, buyer] = [addressOf(document.seller, words.taxId), addressOf(document.buyer, words.taxId)];
  for (let at = 0; at < Math.max(seller.length, buyer.length); at++)
    page.row([buyer[at] ?? '', seller[at] ?? ''], sides);
  page.down(10);
  const known: readonly (readonly [string, string | null | undefined])[] = [
    [words.number, document.number],
    [words.issued, document.issuedOn],
    [words.due, document.dueOn],
    [words.period, `${document.days.from} – ${lastDayOf(document.days)}`],
    [words.corrects, document.corrects?.number],
    [words.reason, document.reason],
    ['IBAN', document.seller.iban],
  ];
  for (const [name, value] of known) if (value != null) page.row([name, value], facts);
}

const addressOf = (of: DocumentParty, taxId: string): readonly string[] => [
  of.name,
  of.street,
  `${of.postcode} ${of.city}`,
  of.country,
  ...(of.taxId === null ? [] : [`${taxId}: ${of.taxId}`]),
];

function summary(page: PdfPage, document: InvoiceDocument): void {
  const words = labelsOf(document.language);
  page.title(words.what);
  page.row([words.what, words.count, words.time, words.amount], sums);
  for (const group of document.groups)
    page.row(
      [
        groupName(document, group),
        String(group.count),
        // A fee is talked by nobody.
        group.kind === 'call' ? clock(group.billedMs) : '',
        formatAmount(group.amount),
      ],
      sums,
    );
  page.rule();
  const percent = `${document.tax.name} ${document.tax.ppm / 10_000} % (${document.tax.country})`;
  page.row([words.sum, '', '', formatAmount(document.lines)], sums);
  if (document.taxIncluded) {
    page.row([words.gross, '', '', formatMoney(document.gross)], sums);
    page.row([`${words.contained}: ${percent}`, '', '', formatAmount(document.taxAmount)], sums);
    page.row([words.net, '', '', formatAmount(document.net)], sums);
  } else {
    page.row([words.net, '', '', formatAmount(document.net)], sums);
    page.row([percent, '', '', formatAmount(document.taxAmount)], sums);
    page.row([words.gross, '', '', formatMoney(document.gross)], sums);
  }
  const remarks = [document.tax.note, document.terms === 'prepaid' ? words.nothingToPay : null];
  for (const remark of remarks) if (remark !== null) page.row([remark], [whole]);
}

function payments(page: PdfPage, document: InvoiceDocument): void {
  if (document.payments.length === 0) return;
  const words = labelsOf(document.language);
  page.title(words.payments);
  for (const { kind, occurredAt, amount } of document.payments)
    page.row(
      [
        kind === 'refund' ? words.refund : words.topUp,
        '',
        occurredAt.toISOString().slice(0, 10),
        formatAmount(amount),
      ],
      sums,
    );
}

async function items(
  page: PdfPage,
  document: InvoiceDocument,
  lines: AsyncIterable<readonly InvoiceLine[]>,
): Promise<void> {
  const words = labelsOf(document.language);
  page.title(words.items);
  const header = [words.start, words.called, words.what, words.time, words.amount];
  page.row(header, calls);
  let left = MOST_ITEMS;
  for await (const some of lines)
    for (const line of some) {
      if (left-- === 0) return void page.row([words.more], [whole]);
      const cells = [
        line.startedAt?.toISOString().slice(0, 19).replace('T', ' ') ?? `${line.from}`,
        line.called ?? '',
        line.kind === 'call' ? callName(document, line.about) : line.about,
        line.kind === 'call' ? clock(line.billedMs) : '',
        line.amount,
      ];
      page.row(cells, calls, 11);
    }
}

const groupName = (document: InvoiceDocument, { kind, about }: LineGroup): string => {
  if (kind === 'subscription') return about;
  const name = callName(document, about);
  return name === '' ? labelsOf(document.language).calls : name;
};
const callName = ({ language }: InvoiceDocument, about: string): string =>
  about === 'on-net' ? labelsOf(language).onNet : about;

/** 3723000 → `1:02:03`. */
function clock(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

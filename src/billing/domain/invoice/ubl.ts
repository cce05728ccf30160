import { formatAmount, type Money, money, negate, scale } from '../../../kernel/money.js';
import { apportion } from './apportion.js';
import { type DocumentParty, type InvoiceDocument, type LineGroup, lastDayOf } from './document.js';
import { element, type Xml, xmlOf } from './xml.js';

const UBL = 'urn:oasis:names:specification:ubl:schema:xsd';

/**
 * The document as UBL 2.1 in the form of EN 16931: one line a destination or fee, in what can be paid, adding up to the net.
 * The calls one by one are in the CSV. A credit note's amounts are positive there, as UBL wants them.
 */
export function ublOf(document: InvoiceDocument): string {
  const invoice = document.kind === 'invoice';
  const root = invoice ? 'Invoice' : 'CreditNote';
  const content = [
    cbc('CustomizationID', 'urn:cen.eu:en16931:2017'),
    cbc('ID', document.number),
    cbc('IssueDate', document.issuedOn),
    ...(invoice && document.dueOn !== null ? [cbc('DueDate', document.dueOn)] : []),
    // UNTDID 1001: 380 commercial invoice, 381 credit note.
    cbc(invoice ? 'InvoiceTypeCode' : 'CreditNoteTypeCode', invoice ? '380' : '381'),
    ...notes(document).map((note) => cbc('Note', note)),
    cbc('DocumentCurrencyCode', document.net.currency),
    cac('InvoicePeriod', cbc('StartDate', document.days.from), cbc('EndDate', lastDayOf(document.days))),
    ...corrected(document),
    cac('AccountingSupplierParty', party(document.seller)),
    cac('AccountingCustomerParty', party(document.buyer)),
    ...paymentMeans(document),
    taxTotal(document),
    monetaryTotal(document),
    ...lines(document),
  ];
  const namespaces = {
    xmlns: `${UBL}:${root}-2`,
    'xmlns:cac': `${UBL}:CommonAggregateComponents-2`,
    'xmlns:cbc': `${UBL}:CommonBasicComponents-2`,
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xmlOf(element(root, namespaces, ...content))}\n`;
}

const cbc = (name: string, text: string, attributes: Readonly<Record<string, string>> = {}): Xml =>
  element(`cbc:${name}`, attributes, text);
const cac = (name: string, ...children: readonly Xml[]): Xml => element(`cac:${name}`, {}, ...children);

/** EN 16931 knows the scheme by this name, whatever a country calls it. */
const VAT = cac('TaxScheme', cbc('ID', 'VAT'));

const shown = (document: InvoiceDocument, amount: Money): Money =>
  document.kind === 'invoice' ? amount : negate(amount);
const amountOf = (name: string, amount: Money): Xml =>
  cbc(name, formatAmount(amount), { currencyID: amount.currency });

function notes({ reason, payments, terms }: InvoiceDocument): readonly string[] {
  return [
    ...(reason === null ? [] : [reason]),
    ...(terms === 'prepaid' ? ['Paid in advance: nothing is to be paid.'] : []),
    ...payments.map(
      ({ kind, occurredAt, amount }) =>
        `${kind} ${occurredAt.toISOString().slice(0, 10)}: ${formatAmount(amount)} ${amount.currency}`,
    ),
  ];
}

const corrected = ({ corrects }: InvoiceDocument): readonly Xml[] =>
  corrects === null
    ? []
    : [
        cac(
          'BillingReference',
          cac('InvoiceDocumentReference', cbc('ID', corrects.number), cbc('IssueDate', corrects.issuedOn)),
        ),
      ];

function party(of: DocumentParty): Xml {
  return cac(
    'Party',
    cac('PartyName', cbc('Name', of.name)),
    cac(
      'PostalAddress',
      cbc('StreetName', of.street),
      cbc('CityName', of.city),
      cbc('PostalZone', of.postcode),
      cac('Country', cbc('IdentificationCode', of.country)),
    ),
    ...(of.taxId === null ? [] : [cac('PartyTaxScheme', cbc('CompanyID', of.taxId), VAT)]),
    cac('PartyLegalEntity', cbc('RegistrationName', of.name)),
  );
}

const paymentMeans = ({ seller, terms, kind }: InvoiceDocument): readonly Xml[] =>
  seller.iban === null || terms === 'prepaid' || kind === 'credit-note'
    ? []
    : // UNTDID 4461: 30 credit transfer.
      [
        cac(
          'PaymentMeans',
          cbc('PaymentMeansCode', '30'),
          cac('PayeeFinancialAccount', cbc('ID', seller.iban)),
        ),
      ];

function taxTotal(document: InvoiceDocument): Xml {
  const { category, note } = document.tax;
  const amount = shown(document, document.taxAmount);
  return cac(
    'TaxTotal',
    amountOf('TaxAmount', amount),
    cac(
      'TaxSubtotal',
      amountOf('TaxableAmount', shown(document, document.net)),
      amountOf('TaxAmount', amount),
      taxCategory(
        document,
        'TaxCategory',
        category === 'S' || category === 'Z' || note === null ? [] : [cbc('TaxExemptionReason', note)],
      ),
    ),
  );
}

function taxCategory({ tax }: InvoiceDocument, name: string, reason: readonly Xml[]): Xml {
  // BR-O-05: what is outside the scope has no rate.
  const percent = tax.category === 'O' ? [] : [cbc('Percent', String(tax.ppm / 10_000))];
  return cac(name, cbc('ID', tax.category), ...percent, ...reason, VAT);
}

function monetaryTotal(document: InvoiceDocument): Xml {
  const net = shown(document, document.net);
  const gross = shown(document, document.gross);
  const prepaid = document.terms === 'prepaid' && document.kind === 'invoice';
  return cac(
    'LegalMonetaryTotal',
    amountOf('LineExtensionAmount', net),
    amountOf('TaxExclusiveAmount', net),
    amountOf('TaxInclusiveAmount', gross),
    ...(prepaid ? [amountOf('PrepaidAmount', gross)] : []),
    amountOf('PayableAmount', prepaid ? money(0n, gross.currency) : gross),
  );
}

function lines(document: InvoiceDocument): readonly Xml[] {
  const invoice = document.kind === 'invoice';
  const net = apportion(
    document.net,
    document.groups.map((group) => netOf(document, group)),
  );
  return document.groups.map((group, index) => {
    const amount = shown(document, net[index] ?? group.amount);
    // BR-27: a price is never negative, so a line that takes back has the quantity -1.
    const quantity = amount.micros < 0n ? '-1' : '1';
    const price = amount.micros < 0n ? negate(amount) : amount;
    return cac(
      invoice ? 'InvoiceLine' : 'CreditNoteLine',
      cbc('ID', String(index + 1)),
      cbc('Note', countsOf(group)),
      cbc(invoice ? 'InvoicedQuantity' : 'CreditedQuantity', quantity, { unitCode: 'C62' }),
      amountOf('LineExtensionAmount', amount),
      cac('Item', cbc('Name', nameOf(group)), taxCategory(document, 'ClassifiedTaxCategory', [])),
      cac('Price', amountOf('PriceAmount', price)),
    );
  });
}

/** Without the tax that prices contain. */
const netOf = ({ taxIncluded, tax }: InvoiceDocument, { amount }: LineGroup): Money =>
  taxIncluded ? scale(amount, 1_000_000n, 1_000_000n + BigInt(tax.ppm), 'half-even') : amount;

const countsOf = ({ kind, count, billedMs }: LineGroup): string =>
  kind === 'call'
    ? `${count} calls, ${Math.round(billedMs / 1000)} s charged`
    : `${count} months or parts of one`;

const nameOf = ({ kind, about }: LineGroup): string => {
  if (kind === 'subscription') return about;
  return about === '' ? 'Calls' : `Calls: ${about}`;
};

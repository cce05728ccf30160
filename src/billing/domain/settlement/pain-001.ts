import { decimalsOf, type Money } from '../../../kernel/money.js';

export interface CreditTransfer {
  /** At most 35 characters; comes back on the bank's statement. */
  readonly endToEndId: string;
  /** Whole minor units. */
  readonly amount: Money;
  readonly creditorName: string;
  readonly creditorIban: string;
  /** Unstructured remittance information, at most 140 characters. */
  readonly about: string;
}

export interface BankFile {
  /** At most 35 characters, never used twice at the bank. */
  readonly messageId: string;
  readonly createdAt: Date;
  /** YYYY-MM-DD: the day the bank is asked to pay. */
  readonly executeOn: string;
  readonly debtorName: string;
  readonly debtorIban: string;
  readonly transfer: CreditTransfer;
}

/** One transfer as ISO 20022 customer credit transfer initiation, pain.001.001.09, for upload at any bank that takes it. */
export function pain001(file: BankFile): string {
  const { transfer } = file;
  const amount = decimal(transfer.amount);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn>',
    `<GrpHdr><MsgId>${xml(file.messageId)}</MsgId><CreDtTm>${file.createdAt.toISOString()}</CreDtTm>`,
    `<NbOfTxs>1</NbOfTxs><CtrlSum>${amount}</CtrlSum><InitgPty><Nm>${xml(file.debtorName)}</Nm></InitgPty></GrpHdr>`,
    `<PmtInf><PmtInfId>${xml(file.messageId)}</PmtInfId><PmtMtd>TRF</PmtMtd><NbOfTxs>1</NbOfTxs><CtrlSum>${amount}</CtrlSum>`,
    `<ReqdExctnDt><Dt>${file.executeOn}</Dt></ReqdExctnDt><Dbtr><Nm>${xml(file.debtorName)}</Nm></Dbtr>`,
    `<DbtrAcct><Id><IBAN>${file.debtorIban}</IBAN></Id></DbtrAcct>`,
    '<DbtrAgt><FinInstnId><Othr><Id>NOTPROVIDED</Id></Othr></FinInstnId></DbtrAgt>',
    `<CdtTrfTxInf><PmtId><EndToEndId>${xml(transfer.endToEndId)}</EndToEndId></PmtId>`,
    `<Amt><InstdAmt Ccy="${transfer.amount.currency}">${amount}</InstdAmt></Amt>`,
    `<Cdtr><Nm>${xml(transfer.creditorName)}</Nm></Cdtr>`,
    `<CdtrAcct><Id><IBAN>${transfer.creditorIban}</IBAN></Id></CdtrAcct>`,
    `<RmtInf><Ustrd>${xml(transfer.about)}</Ustrd></RmtInf></CdtTrfTxInf></PmtInf></CstmrCdtTrfInitn></Document>`,
    '',
  ].join('\n');
}

/** Exactly the currency's own decimals; throws on a fraction of a minor unit, which no bank can pay. */
function decimal(amount: Money): string {
  const decimals = decimalsOf(amount.currency);
  const perMinor = 10n ** BigInt(6 - decimals);
  if (amount.micros <= 0n || amount.micros % perMinor !== 0n)
    throw new Error('not an amount that can be paid');
  const minor = (amount.micros / perMinor).toString().padStart(decimals + 1, '0');
  return decimals === 0 ? minor : `${minor.slice(0, -decimals)}.${minor.slice(-decimals)}`;
}

/** Banks take few characters beyond ASCII: markup is escaped, the rest folded to the nearest plain letter or a dot. */
const xml = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]/g, '.')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

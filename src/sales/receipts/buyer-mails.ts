import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../config.js';
import type { Tx } from '../../infra/db/tx.js';
import type { Attachment } from '../../infra/mail/mail.js';
import { mailIn } from '../../infra/mail/mail-texts.js';
import { OutgoingMail } from '../../infra/mail/outgoing-mail.js';
import { formatMoney } from '../../kernel/money.js';
import type { BuyerNews, ContractNews } from '../domain/sales-events.js';
import { en } from '../mails/en.js';
import { ja } from '../mails/ja.js';
import type { FeeFacts } from '../mails/kinds.js';
import { ko } from '../mails/ko.js';
import { findOrder, type Order } from '../orders/orders.rows.js';
import { feeNewsOf } from './fee-news.js';
import { receiptOf, whatOf } from './receipt.service.js';

const languages = { en, ko, ja };

/** What buyers are told of their orders, in the language that they ordered in; a receipt has the PDF with it. */
@Injectable()
export class BuyerMails {
  constructor(
    private readonly outgoing: OutgoingMail,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Of a number's fee: to its owner in his own language; of a company's number to each of its administrators. */
  async ofContract(tx: Tx, contractId: string, about: ContractNews): Promise<void> {
    const news = await feeNewsOf(tx, contractId);
    for (const owner of news?.owners ?? []) {
      const facts = { ...news?.facts, link: `${this.config.http.publicUrl}/member/numbers` } as FeeFacts;
      const id = `contract.${contractId}.${about}.${news?.since}.${owner.id}`;
      await this.outgoing.order(tx, {
        id,
        to: owner.email,
        ...mailIn(languages, owner.language, about, facts),
      });
    }
  }

  async order(tx: Tx, orderId: string, about: BuyerNews): Promise<void> {
    const order = await findOrder(tx, orderId);
    if (!order.ok) return;
    const [buyer] = await tx.rows<{ email: string; carrier: string | null; tracking: string | null }>(
      `SELECT a.email, s.carrier, s.tracking FROM user_account a LEFT JOIN shipment s ON s.order_id = $2
        WHERE a.id = $1 AND a.disabled_at IS NULL`,
      [order.value.buyerId, orderId],
    );
    if (buyer === undefined) return;
    const facts = {
      what: await whatOf(tx, order.value),
      total: formatMoney(order.value.total),
      reason: order.value.reason ?? '',
      link: `${this.config.http.publicUrl}/shop/orders/${orderId}`,
      carrier: buyer.carrier ?? '',
      tracking: buyer.tracking ?? '',
    };
    const { subject, text } = mailIn(languages, order.value.language, about, facts);
    const attachments = about === 'receipt' ? await receipt(tx, order.value) : [];
    // Everything happens once to an order.
    await this.outgoing.order(tx, {
      id: `order.${orderId}.${about}`,
      to: buyer.email,
      subject,
      text,
      attachments,
    });
  }
}

async function receipt(tx: Tx, order: Order): Promise<readonly Attachment[]> {
  const pdf = await receiptOf(tx, order);
  if (!pdf.ok) return [];
  const content = pdf.value.toString('base64');
  return [{ filename: `receipt-${order.id}.pdf`, contentType: 'application/pdf', content }];
}

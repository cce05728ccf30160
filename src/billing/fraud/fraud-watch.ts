import { Injectable } from '@nestjs/common';
import type { Tx } from '../../infra/db/tx.js';
import { PageEvents } from '../../infra/http/events/page-events.js';
import { mailIn } from '../../infra/mail/mail-texts.js';
import { OutgoingMail } from '../../infra/mail/outgoing-mail.js';
import { type Currency, formatMoney, money } from '../../kernel/money.js';
import { payersOf } from '../parties.service.js';
import { RAISE } from './fraud-alerts.sql.js';
import { FRAUD_TOPIC } from './fraud-topic.js';
import type { FraudMails } from './mails/kinds.js';
import { fraudMails } from './mails/mails.js';

interface Raised {
  readonly id: string;
  readonly accountId: string;
  readonly kind: keyof FraudMails;
  readonly detail: {
    readonly spentMicros?: string;
    readonly capMicros?: string;
    readonly currency?: Currency;
    readonly prefix?: string;
    readonly calls?: number;
  };
  readonly email: string | null;
  readonly language: string | null;
}

/** Looks at whoever has just been charged: says it before a limit blocks, and when calls look like fraud. */
@Injectable()
export class FraudWatch {
  constructor(
    private readonly mail: OutgoingMail,
    private readonly pages: PageEvents,
  ) {}

  /** In the transaction of the charges; tells and mails once it has committed. */
  async look(tx: Tx, memberIds: readonly string[]): Promise<void> {
    const payers = await payersOf(tx, memberIds);
    const accounts = [...new Set([...payers.values()].map(({ accountId }) => String(accountId)))];
    if (accounts.length === 0) return;
    const raised = await tx.rows<Raised>(RAISE, [accounts, memberIds]);
    for (const alert of raised) if (alert.email !== null) await this.write(tx, alert, alert.email);
    for (const { id, kind, accountId } of new Map(raised.map((alert) => [alert.id, alert])).values())
      this.pages.after(tx, {
        at: [{ topic: FRAUD_TOPIC, key: 'all' }],
        type: 'fraud-alert.raised',
        data: { id, kind, accountId },
      });
  }

  private async write(tx: Tx, { id, kind, detail, language }: Raised, to: string): Promise<void> {
    const amount = (micros = '0') =>
      detail.currency === undefined ? '' : formatMoney(money(BigInt(micros), detail.currency));
    const facts: FraudMails['spend-80'] & FraudMails['short-calls'] = {
      spent: amount(detail.spentMicros),
      cap: amount(detail.capMicros),
      calls: detail.calls ?? 0,
      prefix: detail.prefix ?? '',
    };
    const text = mailIn(fraudMails, language ?? 'en', kind, facts);
    await this.mail.order(tx, {
      id: `fraud-${id}-${Buffer.from(to).toString('hex').slice(0, 60)}`,
      to,
      ...text,
    });
  }
}

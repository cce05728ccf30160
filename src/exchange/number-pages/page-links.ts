import type { Db } from '../../infra/db/db.js';
import type { OutgoingMail } from '../../infra/mail/outgoing-mail.js';
import { pageMail } from './mails/mails.js';

/** His proved address, else the one that he signs in with. */
const ADDRESS = `
  SELECT m.language, coalesce(
           (SELECT e.address FROM email_identity e WHERE e.member_id = m.id AND e.verified_at IS NOT NULL
             ORDER BY e.created_at, e.id LIMIT 1),
           (SELECT u.email FROM user_account u WHERE u.member_id = m.id AND u.disabled_at IS NULL
             ORDER BY u.created_at, u.id LIMIT 1)) AS address
    FROM member m WHERE m.id = $1`;

/** Mails a member the link to a number's page. Whether that shows anything is not looked at: the page says it, and says nothing of private numbers. */
export class PageLinks {
  constructor(
    private readonly db: Db,
    private readonly mail: Pick<OutgoingMail, 'order'>,
    private readonly publicUrl: string,
    private readonly now: () => number = Date.now,
  ) {}

  /** False where he has no address. The same link once an hour. */
  async send(memberId: string, number: string): Promise<boolean> {
    const [him] = await this.db.rows<{ language: string; address: string | null }>(ADDRESS, [memberId]);
    const address = him?.address;
    if (him === undefined || !address) return false;
    const link = `${this.publicUrl}/n/${encodeURIComponent(number)}`;
    const content = pageMail(him.language, 'link', { number, link });
    const hour = Math.floor(this.now() / 3_600_000);
    const id = `link-${memberId}-${number.replace(/[^0-9]/g, '').slice(0, 32)}-${hour}`;
    await this.db.inTx((tx) => this.mail.order(tx, { id, to: address, ...content }));
    return true;
  }
}

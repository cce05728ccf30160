import { Body, Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { Db } from '../../infra/db/db.js';
import { orProblem } from '../../infra/http/answer.js';
import { Idempotent } from '../../infra/http/idempotency/idempotent.js';
import { Policy } from '../../infra/http/policy.js';
import { CurrentPrincipal, type Principal } from '../../infra/http/principal.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { CUSTOMERS } from '../customers/customer.rows.js';
import { viewOfCustomer } from '../customers/customer-view.js';
import { uuid } from '../fields.js';
import { agentOf, callContact } from './campaign-calls.js';
import {
  type ContactRow,
  claimNext,
  letGo,
  mayCallNow,
  outcomes,
  ownContact,
  sayOutcome,
} from './contacts.service.js';

const said = z.strictObject({ outcome: z.enum(outcomes), at: z.iso.datetime().optional() });

/** An agent's next customer to call: he looks, dials, says what came of it. */
@Controller('v1/campaign-contacts')
export class ContactsController {
  constructor(
    private readonly db: Db,
    private readonly outbox: Outbox,
  ) {}

  /** The one that I have, or the next that is due; null when nobody is. */
  @Post('next')
  @HttpCode(200)
  @Policy('campaigns.call')
  @Idempotent()
  async next(@CurrentPrincipal() { accountId }: Principal) {
    const { owner, languages } = orProblem(await agentOf(this.db, accountId));
    const contact = await this.db.inTx((tx) => claimNext(tx, { accountId, owner, languages }, new Date()));
    return { contact: contact === undefined ? null : await this.shown(contact) };
  }

  @Post(':id/calls')
  @Policy('campaigns.call')
  @Idempotent()
  async call(@CurrentPrincipal() { accountId }: Principal, @Param('id', { schema: uuid }) id: string) {
    const agent = orProblem(await agentOf(this.db, accountId));
    const done = await this.db.inTx(async (tx) => {
      const contact = await ownContact(tx, { accountId }, id);
      if (!contact.ok) return contact;
      const may = await mayCallNow(tx, id, new Date());
      if (!may.ok) return may;
      return {
        ok: true as const,
        value: await callContact(tx, this.outbox, agent, accountId, contact.value),
      };
    });
    return { orderId: orProblem(done) };
  }

  @Post(':id/outcomes')
  @HttpCode(200)
  @Policy('campaigns.call')
  @Idempotent()
  async outcome(
    @CurrentPrincipal() { accountId }: Principal,
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: said }) { outcome, at }: z.output<typeof said>,
  ) {
    const when = at === undefined ? undefined : new Date(at);
    const done = await this.db.inTx(async (tx) => {
      const contact = await ownContact(tx, { accountId }, id);
      return contact.ok ? sayOutcome(tx, contact.value, accountId, outcome, when) : contact;
    });
    const { state, attempts } = orProblem(done);
    return { id, state, attempts, outcome };
  }

  @Delete(':id/claim')
  @HttpCode(204)
  @Policy('campaigns.call')
  async letGo(
    @CurrentPrincipal() { accountId }: Principal,
    @Param('id', { schema: uuid }) id: string,
  ): Promise<void> {
    const done = await this.db.inTx(async (tx) => {
      const contact = await ownContact(tx, { accountId }, id);
      return contact.ok ? letGo(tx, contact.value) : contact;
    });
    orProblem(done);
  }

  private async shown(contact: ContactRow) {
    const card = await CUSTOMERS.one(this.db, { id: contact.customerId });
    const [campaign] = await this.db.rows<{ name: string; script: string }>(
      'SELECT name, script FROM campaign WHERE id = $1',
      [contact.campaignId],
    );
    return {
      ...contact,
      campaign,
      customer: card === undefined ? null : await viewOfCustomer(this.db, card),
    };
  }
}

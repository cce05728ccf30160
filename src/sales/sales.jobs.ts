import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import { type EventOf, Handles } from '../events.js';
import type { Tx } from '../infra/db/tx.js';
import { Outbox } from '../infra/outbox/outbox.js';
import { giveNumbersBack } from './contracts/erasure.service.js';
import { verifyOrder, waitingForProof } from './orders/applying.service.js';
import { settleDirectPayment } from './orders/direct-payment.service.js';
import { activate, beginProvisioning, provision } from './orders/provisioning.service.js';
import { RefundTeller } from './orders/refund-teller.js';
import { settleRefund } from './orders/refunding.service.js';
import { BuyerMails } from './receipts/buyer-mails.js';

/** What the shop does when it is told: all inside the transaction that also notes the message as done. */
@Injectable()
export class SalesJobs {
  constructor(
    private readonly outbox: Outbox,
    private readonly teller: RefundTeller,
    private readonly mails: BuyerMails,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Handles('sales.begin-provisioning', 'order.paid')
  async beginProvisioning({ orderId, kind }: EventOf<'order.paid'>, tx: Tx): Promise<void> {
    if (kind === 'number') await beginProvisioning(tx, this.outbox, orderId);
  }

  @Handles('sales.provision', 'order.provisioning')
  async provision({ orderId }: EventOf<'order.provisioning'>, tx: Tx): Promise<void> {
    await provision(tx, this.outbox, orderId, this.config.sip.realm);
    tx.afterCommit(() => void this.teller.tellOfOrder(orderId));
  }

  @Handles('sales.activate', 'number.assigned')
  async activate({ orderId }: EventOf<'number.assigned'>, tx: Tx): Promise<void> {
    await activate(tx, orderId);
  }

  /** Orders that wait for this proof go on by themselves. */
  @Handles('sales.look-at-proof', 'identity.proved')
  async lookAtProof({ accountId, subject }: EventOf<'identity.proved'>, tx: Tx): Promise<void> {
    for (const id of await waitingForProof(tx, accountId, subject)) await verifyOrder(tx, id, 'proof');
  }

  /** Somebody was erased: his numbers ring nobody any more, and rest. */
  @Handles('sales.give-numbers-back', 'member.erased')
  async giveNumbersBack({ memberIds }: EventOf<'member.erased'>, tx: Tx): Promise<void> {
    await giveNumbersBack(tx, memberIds);
  }

  @Handles('sales.mail-buyer', 'order.told')
  async mailBuyer({ orderId, about }: EventOf<'order.told'>, tx: Tx): Promise<void> {
    await this.mails.order(tx, orderId, about);
  }

  @Handles('sales.mail-owner', 'contract.told')
  async mailOwner({ contractId, about }: EventOf<'contract.told'>, tx: Tx): Promise<void> {
    await this.mails.ofContract(tx, contractId, about);
  }

  @Handles('sales.settle-payment', 'top-up.settled')
  async settlePayment(settled: EventOf<'top-up.settled'>, tx: Tx): Promise<void> {
    await settleDirectPayment(tx, this.outbox, settled, (refundId) => void this.teller.tell(refundId));
  }

  @Handles('sales.settle-refund', 'refund.settled')
  async settleRefund(settled: EventOf<'refund.settled'>, tx: Tx): Promise<void> {
    await settleRefund(tx, settled);
  }
}

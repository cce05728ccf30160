import {
  accountId,
  addSubscription,
  findInvoiceParty,
  payersOf,
  setInvoiceParty,
  setPayer,
} from '../../billing/index.js';
import { event } from '../../events.js';
import type { Tx } from '../../infra/db/tx.js';
import type { Outbox } from '../../infra/outbox/outbox.js';
import { newId } from '../../kernel/ids.js';
import type { Failure, Result } from '../../kernel/result.js';
import {
  DEVICES,
  keepProvedNumber,
  makeDevice,
  provedTelephone,
  registerMember,
} from '../../membership/index.js';
import {
  assignNumber,
  bindShadow,
  checkShadow,
  nationalFormat,
  openBranches,
  phoneFromE164Digits,
} from '../../numbering/index.js';
import { dropNumber } from '../numbers/claims.service.js';
import { tellBuyer } from '../receipts/tell-buyer.js';
import type { NumberOrder } from './applying.service.js';
import { branchesOf } from './branch-answers.js';
import { undo } from './deciding.service.js';
import { moveOrder } from './move.js';
import { lockOrder } from './orders.rows.js';
import { capture } from './sale-postings.js';

/** The first of three steps, each a transaction that the event before leads to: whichever a crash cuts off is done again. */
export async function beginProvisioning(tx: Tx, outbox: Outbox, orderId: string): Promise<void> {
  const order = await lockOrder(tx, orderId);
  if (!order.ok || order.value.kind !== 'number' || order.value.state !== 'paid') return;
  await moveOrder(tx, order.value, { event: 'provision', to: 'provisioning', by: 'shop', minutes: null });
  await outbox.add(tx, event('order.provisioning', { orderId }));
}

/**
 * All that makes the number work, in one transaction: the member, the number and by what other networks reach it, who pays,
 * the money that was set aside, the fee. Does nothing for an order that it was done for.
 */
export async function provision(tx: Tx, outbox: Outbox, orderId: string, realm: string): Promise<void> {
  const found = await lockOrder(tx, orderId);
  if (!found.ok || found.value.number === null || found.value.state !== 'provisioning') return;
  const order = await withProofOfNow(tx, { ...found.value, number: found.value.number });
  if (!order.number.proved && isOwnTelephone(order)) {
    await undo(tx, order, { event: 'fail', by: 'shop', reason: 'the telephone is not proved any more' });
    return;
  }
  const registered = await registerMember(tx, memberOf(order));
  if (!registered.ok) {
    await undo(tx, order, { event: 'fail', by: 'shop', reason: registered.failure.message });
    return;
  }
  const holderId = registered.value.member.id;
  const { number, region } = order.number;
  const assignmentId = await assignNumber(tx, { number, region, holderId });
  if (assignmentId === undefined) {
    await undo(tx, order, { event: 'fail', by: 'shop', reason: 'the number is not available any more' });
    return;
  }
  await bindTelephone(tx, order, assignmentId, holderId);
  await firstPhone(tx, order, holderId, realm);
  if (number.kind === 'vns')
    await openBranches(tx, assignmentId, await branchesOf(tx, order, holderId, realm));
  await capture(tx, order);
  const contractId = await beginContract(tx, order, holderId);
  await tx.run('UPDATE shop_order SET holder_id = $2 WHERE id = $1', [orderId, holderId]);
  await dropNumber(tx, orderId);
  await moveOrder(tx, order, { event: 'register', to: 'registered', by: 'shop', minutes: null });
  await outbox.add(
    tx,
    event('number.assigned', {
      orderId,
      contractId,
      assignmentId,
      key: order.number.key,
      memberId: holderId,
      kind: number.kind,
    }),
  );
}

/** The buyer is told, with the receipt: from now on there is only a telephone to be registered. */
export async function activate(tx: Tx, orderId: string): Promise<void> {
  const order = await lockOrder(tx, orderId);
  if (!order.ok || order.value.state !== 'registered') return;
  await moveOrder(tx, order.value, { event: 'activate', to: 'active', by: 'shop', minutes: null });
  await tellBuyer(tx, orderId, 'receipt');
}

/** Between the request form and the payment the telephone may have become somebody else's. */
async function withProofOfNow(tx: Tx, order: NumberOrder): Promise<NumberOrder> {
  const { telephone, proved } = order.number;
  const still = proved && telephone !== null && (await provedTelephone(tx, order.buyerId, telephone));
  return { ...order, number: { ...order.number, proved: still } };
}

const isOwnTelephone = ({ number: { number } }: NumberOrder): boolean =>
  number.kind === 'pin' && !number.identification;

const memberOf = ({ holderId, buyerId, holderKind, billing, country, language, number }: NumberOrder) => ({
  id: holderId,
  accountId: buyerId,
  kind: holderKind,
  name: number.application?.name ?? billing.name,
  language: number.application?.language ?? language,
  country,
  area: number.application?.area ?? null,
});

/** Only a telephone that was proved to be his; one that stands for another number of ours is left there. */
async function bindTelephone(
  tx: Tx,
  { buyerId, number: { telephone, proved } }: NumberOrder,
  assignmentId: string,
  holderId: string,
): Promise<void> {
  const country = telephone === null ? undefined : countryOf(telephone);
  if (telephone === null || !proved || country === undefined) return;
  const mine = { accountId: buyerId, memberId: holderId, e164: telephone, label: '' };
  const kept = await keepProvedNumber(tx, mine);
  if (kept.ok && checkShadow({ e164: telephone, country }).ok)
    await bindShadow(tx, { assignmentId, country, e164: telephone, verified: true });
}

/** Where a telephone is: it may be in another country than the number that it stands for. */
const countryOf = (e164: string): string | undefined => phoneFromE164Digits(e164.slice(1))?.region;

/**
 * Who has no phone yet gets one in the books: its secret is made anew when he asks for it, or when a phone fetches its
 * settings. Only with a proved telephone, which its emergency calls carry.
 */
async function firstPhone(
  tx: Tx,
  { number: { telephone, proved, application } }: NumberOrder,
  memberId: string,
  realm: string,
): Promise<void> {
  const country = telephone === null ? undefined : countryOf(telephone);
  if (telephone === null || !proved || country === undefined) return;
  if ((await DEVICES.page(tx, { memberId }, undefined, 1)).length > 0) return;
  const locationNational = (nationalFormat(telephone) ?? '').replace(/\D/g, '');
  const area = application?.area ?? null;
  const place = { country, area, locationNumber: telephone, locationNational };
  orThrow(await makeDevice(tx, realm, { ...place, memberId, label: 'Telephone 1', kind: 'sip' }));
}

/** Who pays for the member's calls, who is invoiced, and the fee: by the month it is billing's, by the year the contract's. */
async function beginContract(tx: Tx, order: NumberOrder, holderId: string): Promise<string> {
  const { currency } = order.total;
  const kind = order.holderKind === 'company' ? 'company' : 'member';
  const account = await accountId(tx, { kind, owner: holderId, currency });
  if ((await payersOf(tx, [holderId])).size === 0) {
    const [terms] = await tx.rows<{ deckId: string | null; currency: string | null }>(
      `SELECT deck_id AS "deckId", d.currency FROM shop_country c LEFT JOIN rate_deck d ON d.id = c.deck_id WHERE country = $1`,
      [order.country],
    );
    if (terms?.deckId != null && terms.currency === currency)
      await setPayer(tx, holderId, { accountId: account, deckId: terms.deckId });
  }
  if ((await findInvoiceParty(tx, account)) === undefined) {
    const party = { ...order.billing, sellerId: order.sellerId, language: order.language };
    orThrow(
      await setInvoiceParty(tx, account, { ...party, terms: 'prepaid', taxIncluded: true, paymentDays: 0 }),
    );
  }
  const today = new Date().toISOString().slice(0, 10);
  const { interval, recurring, key, display } = order.number;
  const subscriptionId =
    interval === 'year'
      ? null
      : orThrow(
          await addSubscription(tx, {
            account,
            memberId: holderId,
            about: `Number ${display}`,
            fee: recurring,
            startedOn: today,
            createdBy: `order ${order.id}`,
          }),
        );
  const id = newId();
  await tx.run(
    `INSERT INTO number_contract (id, order_id, key, holder_id, owner_id, account_id, state, bill_interval, fee_micros, currency,
                                  subscription_id, started_on, paid_through)
     VALUES ($1, $2, $3, $4, $5, $6, 'active', $7, $8, $9, $10, $11::date,
             CASE WHEN $7 = 'year' THEN ($11::date + interval '1 year')::date ELSE $11::date END)`,
    [
      id,
      order.id,
      key,
      holderId,
      order.buyerId,
      account,
      interval,
      recurring.micros,
      currency,
      subscriptionId,
      today,
    ],
  );
  return id;
}

function orThrow<T>(result: Result<T, Failure>): T {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

import { z } from 'zod';
import type { Db } from '../../infra/db/db.js';
import type { Along } from '../../infra/http/events/along.js';
import type { PageEvent } from '../../infra/http/events/page-event.js';
import { countryOfNumber, numberForPeople } from '../../numbering/index.js';
import { ownerOf } from '../owner.js';
import { viewOfCustomer } from './customer-view.js';
import { cardOf, findCard } from './customers.service.js';

/** Events with which an agent's telephone begins to ring (docs/queues.md). */
const RINGS: readonly string[] = ['queue-call.ringing', 'call.ringing'];

const ringing = z.object({
  callId: z.uuid(),
  companyId: z.uuid().nullable(),
  callerNumber: z.string().nullable(),
  callerMemberId: z.uuid().nullable(),
  country: z.string().nullable(),
  language: z.string().nullable(),
});

/**
 * The whole customer, in the same message that says that the telephone rings: an agent has seconds, and a page that has to ask first
 * loses one of them. Undefined for events with which nobody rings.
 */
export function callerAlong(db: Db, { type, data }: PageEvent): Promise<Along> | undefined {
  if (!RINGS.includes(type)) return undefined;
  const rings = ringing.safeParse(data);
  return rings.success ? callerOf(db, rings.data) : undefined;
}

async function callerOf(db: Db, call: z.output<typeof ringing>): Promise<Along> {
  const [customer, read] = await Promise.all([customerOf(db, call), readingOf(db, call.callId)]);
  return { customer: customer ?? null, ...read };
}

/** Whoever has a card already, nearly everybody, is found without a lock. */
async function customerOf(db: Db, call: z.output<typeof ringing>) {
  const owner = ownerOf(call.companyId);
  const party = { number: call.callerNumber, memberId: call.callerMemberId };
  const found = await findCard(db, owner, party);
  const complete = found !== undefined && (found.memberId !== null || party.memberId === null);
  const facts = {
    country: call.country ?? countryOfNumber(party.number ?? '') ?? null,
    language: call.language,
  };
  const card = complete ? found : await db.inTx((tx) => cardOf(tx, owner, party, facts));
  return card && viewOfCustomer(db, card);
}

/** As what the exchange has read the number that he dialled. */
async function readingOf(db: Db, callId: string) {
  const [call] = await db.rows<{ reading: string | null; called: string | null }>(
    'SELECT reading, called FROM call WHERE id = $1',
    [callId],
  );
  return {
    reading: call?.reading ?? null,
    called: call?.called == null ? null : numberForPeople(call.called),
  };
}

import { Injectable } from '@nestjs/common';
import { type EventOf, HandlesMany } from '../../events.js';
import type { Tx } from '../../infra/db/tx.js';
import { cardOf } from '../customers/customers.service.js';
import { ownerOf } from '../owner.js';
import { callFacts, primary } from './call-facts.js';
import { putFacts } from './facts.js';
import { type EndedQueueCall, endedQueueCalls, queueFact } from './queue-facts.js';

/** What ends is counted, once: the note that it was comes with the counting. */
@Injectable()
export class ReportJobs {
  @HandlesMany('reports.count-calls', 'call.ended')
  async countCalls(events: readonly EventOf<'call.ended'>[], tx: Tx): Promise<void> {
    await putFacts(
      tx,
      await callFacts(
        tx,
        events.map(({ callId }) => callId),
      ),
    );
  }

  @HandlesMany('reports.count-queue-calls', 'queue-call.ended')
  async countQueueCalls(events: readonly EventOf<'queue-call.ended'>[], tx: Tx): Promise<void> {
    const ended = await endedQueueCalls(
      tx,
      events.map(({ queueCallId }) => queueCallId),
    );
    await putFacts(tx, ended.map(queueFact));
    for (const call of ended) await noteOnCard(tx, call);
  }
}

/** Whoever has called a queue is a customer of its company from then on. */
async function noteOnCard(tx: Tx, call: EndedQueueCall): Promise<void> {
  const { companyId, number, memberId, country, language } = call;
  const card = await cardOf(
    tx,
    ownerOf(companyId),
    { number, memberId },
    { country, language: primary(language) || null },
  );
  if (card === undefined) return;
  await tx.run(
    `UPDATE customer SET calls = calls + 1, last_call_at = greatest(last_call_at, $2) WHERE id = $1`,
    [card.id, call.at],
  );
}

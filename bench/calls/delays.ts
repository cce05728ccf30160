/**
 * How long the system keeps an INVITE: from the caller's INVITE that carries credentials to the INVITE that reaches the
 * callee, both stamped by SIPp (`-trace_shortmsg`, microseconds, one clock), matched by the number dialled.
 */

/** @returns delays in milliseconds, one per call that reached the callee. */
export function delaysBetween(callerLog: string, calleeLog: string): readonly number[] {
  const asked = new Map<string, Invite>();
  for (const invite of invitesIn(callerLog, 'S')) {
    // A higher CSeq answers the 401; the same one again is a retransmission and must not shorten the delay.
    if (invite.cseq > (asked.get(invite.number)?.cseq ?? 0)) asked.set(invite.number, invite);
  }
  const reached = new Map<string, number>();
  for (const invite of invitesIn(calleeLog, 'R'))
    if (!reached.has(invite.number)) reached.set(invite.number, invite.at);
  return [...reached].flatMap(([number, at]) => {
    const since = asked.get(number)?.at;
    return since === undefined ? [] : [(at - since) * 1000];
  });
}

interface Invite {
  /** The last nine digits: the same whatever prefixes either side writes. */
  readonly number: string;
  readonly cseq: number;
  /** Seconds since the epoch. */
  readonly at: number;
}

/**
 * How many calls got each final answer that refuses an INVITE, as `503 x 12`. 401 is the digest's ordinary challenge. SIPp does not
 * acknowledge what it does not expect, so the same answer comes several times: calls are counted, not messages.
 */
export function refusalsIn(callerLog: string): string {
  const calls = new Map<string, Set<string>>();
  const refusal = /\tR\t([^\t]*)\tCSeq:\d+ INVITE\tSIP\/2\.0 ([4-6]\d\d)/g;
  for (const [, callId = '', status = ''] of callerLog.matchAll(refusal))
    if (status !== '401') calls.set(status, (calls.get(status) ?? new Set()).add(callId));
  return [...calls].map(([status, ids]) => `${status} x ${ids.size}`).join(', ');
}

/** Lines are: date, time, epoch, S or R, Call-ID, `CSeq:1 INVITE`, first line of the message; tab-separated. */
function* invitesIn(log: string, direction: 'S' | 'R'): Generator<Invite> {
  for (const line of log.split('\n')) {
    const [, , epoch, way, , cseq, first] = line.split('\t');
    if (way !== direction || epoch === undefined || cseq === undefined || first === undefined) continue;
    const digits = /^INVITE sip:\+?(\d+)@/.exec(first)?.[1];
    if (digits === undefined) continue;
    yield {
      number: digits.slice(-9),
      cseq: Number.parseInt(cseq.slice('CSeq:'.length), 10),
      at: Number(epoch),
    };
  }
}

import type { Proof } from './proof.js';

/** A proof call for people: one line per stage. */
export function describeProof(proof: Proof): string {
  const { record, arrived, tones, rtp } = proof;
  const since = (at: string | Date) => `${new Date(at).getTime() - new Date(proof.sent).getTime()} ms`;
  const legs = record.legs.map(
    (leg) =>
      `leg ${leg.attempt}      ${leg.kind} ${leg.target}: called ${leg.called}, calling ${leg.calling ?? 'withheld'}; ended with Q.850 ${leg.q850}${leg.sip === null ? '' : `, SIP ${leg.sip}`}`,
  );
  return [
    '',
    `  Proof: ${proof.title}`,
    ...[
      `dialled    ${proof.dialled}`,
      `read as    ${record.reading ?? 'nothing'} ${record.called ?? ''}`,
      `arrived    ${arrived.requestUri} from ${arrived.from.replace(/;tag=.*/, '')} (${arrived.codecs.join(', ')})`,
      `wire       INVITE in after ${since(arrived.at)}, ringing ${since(proof.ringing)}, answered ${since(proof.answered)}, ended ${since(proof.ended.at)} by ${record.endedBy ?? '?'}`,
      ...legs,
      `sound      caller heard ${tones.atCaller.hz} Hz, called heard ${tones.atCalled.hz} Hz`,
      `RTP        caller sent ${rtp.caller.sent}, received ${rtp.caller.received}; called sent ${rtp.called.sent}, received ${rtp.called.received}`,
      `record     ${record.id}, ${record.reason ?? '?'}, Q.850 ${record.q850 ?? '-'}`,
    ].map((line) => `    ${line}`),
  ].join('\n');
}

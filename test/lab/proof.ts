import type { CallRecords, RecordedCall } from './call-records.js';
import type { LabAsterisk } from './lab-asterisk.js';
import type { CallEnding, LabCall, RtpStats } from './lab-call.js';
import type { LabPhone } from './lab-phone.js';
import { codecsOf, header } from './sip-message.js';

/** What one proof call showed: on the wire of the lab, and in the exchange's record. */
export interface Proof {
  readonly title: string;
  readonly dialled: string;
  /** Wire times at the calling phone, ISO 8601. */
  readonly sent: string;
  readonly ringing: string;
  readonly answered: string;
  readonly ended: CallEnding;
  /** The INVITE as it came to the called side. */
  readonly arrived: {
    readonly at: string;
    readonly requestUri: string;
    readonly from: string;
    readonly to: string;
    readonly assertedIdentity: string | null;
    readonly codecs: readonly string[];
  };
  /** Milliseconds from the start of listening until the other side's tone was recognised in the received RTP. */
  readonly tones: { readonly atCaller: Tone; readonly atCalled: Tone };
  readonly rtp: { readonly caller: RtpStats; readonly called: RtpStats };
  readonly record: RecordedCall;
}

interface Tone {
  readonly hz: number;
  readonly afterMs: number;
}

const CALLER_HZ = 700;
const CALLED_HZ = 900;

/** Phone to phone: the called phone rings, answers, both hear each other's tone, the called one hangs up. */
export async function phoneToPhone(
  records: CallRecords,
  caller: LabPhone,
  called: LabPhone,
  dialled: string,
): Promise<Proof> {
  const call = await caller.dial(dialled);
  const arrived = await called.incoming();
  await arrived.ring();
  await call.ringing();
  await arrived.answer();
  await Promise.all([call.answered(), arrived.answered()]);
  await Promise.all([call.playTone(CALLER_HZ), arrived.playTone(CALLED_HZ)]);
  return finish('phone to phone', records, { caller, call, arrived, calledHz: CALLED_HZ, hangup: arrived });
}

/** Phone to a PSTN gateway, which answers by itself with its own tone; the caller hangs up. */
export async function phoneToGateway(
  records: CallRecords,
  lab: LabAsterisk,
  caller: LabPhone,
  dialled: string,
): Promise<Proof> {
  const gateway = lab.role('gw-kr');
  const call = await caller.dial(dialled);
  const arrived = await gateway.incoming();
  await Promise.all([call.answered(), arrived.answered()]);
  await call.playTone(CALLER_HZ);
  return finish('phone to the telephone network', records, {
    caller,
    call,
    arrived,
    calledHz: gateway.toneHz,
    hangup: call,
  });
}

/** Both ends talk: the tones are heard, the packets counted, somebody hangs up, the record is read. */
async function finish(
  title: string,
  records: CallRecords,
  talk: { caller: LabPhone; call: LabCall; arrived: LabCall; calledHz: number; hangup: LabCall },
): Promise<Proof> {
  const { call, arrived } = talk;
  const listening = Date.now();
  const heard = async (ear: LabCall, hz: number): Promise<Tone> => ({
    hz,
    afterMs: (await ear.hearsTone(hz)).getTime() - listening,
  });
  const [atCaller, atCalled] = await Promise.all([heard(call, talk.calledHz), heard(arrived, CALLER_HZ)]);
  const [callerRtp, calledRtp] = await Promise.all([call.rtpStats(), arrived.rtpStats()]);
  await talk.hangup.hangup();
  const [ended] = await Promise.all([call.ended(), arrived.ended()]);
  const invite = await arrived.invite();
  const sent = (await call.invite()).at;
  return {
    title,
    dialled: call.number,
    sent: sent.toISOString(),
    ringing: (await call.ringing()).toISOString(),
    answered: (await call.answered()).toISOString(),
    ended,
    arrived: {
      at: invite.at.toISOString(),
      requestUri: invite.requestUri ?? '',
      from: header(invite, 'from') ?? '',
      to: header(invite, 'to') ?? '',
      assertedIdentity: header(invite, 'p-asserted-identity') ?? null,
      codecs: codecsOf(invite),
    },
    tones: { atCaller, atCalled },
    rtp: { caller: callerRtp, called: calledRtp },
    record: await records.ended(talk.caller.username, sent),
  };
}

import type { LabCall } from '../../lab/lab-call.js';
import type { LabPhone } from '../../lab/lab-phone.js';

/** Both ends of one call. */
export interface Talk {
  /** The calling phone's end. */
  readonly call: LabCall;
  /** The called side's end. */
  readonly arrived: LabCall;
}

/** Dials; resolves when the other phone rings. */
export async function ringing(caller: LabPhone, called: LabPhone, dialled: string): Promise<Talk> {
  const call = await caller.dial(dialled);
  const arrived = await called.incoming();
  await arrived.ring();
  await call.ringing();
  return { call, arrived };
}

/** Dials and is answered; resolves when both ends talk. */
export async function talking(caller: LabPhone, called: LabPhone, dialled: string): Promise<Talk> {
  const talk = await ringing(caller, called, dialled);
  await talk.arrived.answer();
  await Promise.all([talk.call.answered(), talk.arrived.answered()]);
  return talk;
}

const CALLER_HZ = 700;
const CALLED_HZ = 900;

/** Each end sends a tone; resolves when each has recognised the other's in the RTP that it receives. */
export async function hearEachOther({ call, arrived }: Talk): Promise<void> {
  await Promise.all([call.playTone(CALLER_HZ), arrived.playTone(CALLED_HZ)]);
  await Promise.all([call.hearsTone(CALLED_HZ), arrived.hearsTone(CALLER_HZ)]);
}

/** Hangs up; resolves when it and the others have ended. */
export async function hangsUp(by: LabCall, ...others: readonly LabCall[]): Promise<void> {
  await by.hangup();
  await Promise.all([by, ...others].map((call) => call.ended()));
}

import { describe, expect, it } from '@jest/globals';
import { readDialog } from '../../lab/dialog.js';
import { parseSip, type SipMessage } from '../../lab/sip-message.js';

let seconds = 0;
const message = (direction: 'in' | 'out', start: string, cseq: string, more = ''): SipMessage => {
  const raw = `${start}\r\nCall-ID: c\r\nCSeq: ${cseq}\r\n${more}\r\n`;
  seconds += 1;
  const parsed = parseSip(raw, { at: new Date(seconds * 1_000), direction, peer: '127.0.0.1:5060' });
  if (!parsed) throw new Error(`no SIP message: ${start}`);
  return parsed;
};
const invite = (cseq = 1) => message('out', 'INVITE sip:1@127.0.0.1 SIP/2.0', `${cseq} INVITE`);
const answer = (status: number, cseq = 1, more = '') =>
  message('in', `SIP/2.0 ${status} x`, `${cseq} INVITE`, more);

describe('readDialog', () => {
  it('takes a challenge that is answered for no ending', () => {
    const facts = readDialog([invite(1), answer(401, 1), invite(2), answer(180, 2), answer(200, 2)]);
    expect(facts.ending).toBeUndefined();
    expect(facts.answered?.status).toBe(200);
  });

  it('takes a challenge after the last INVITE for the end', () => {
    const facts = readDialog([invite(1), answer(401, 1), invite(2), answer(401, 2)]);
    expect(facts.ending).toMatchObject({ how: 'refused', by: 'far', sip: 401 });
  });

  it('reads the cause of a refusal from its Reason header', () => {
    const facts = readDialog([invite(), answer(486, 1, 'Reason: Q.850;cause=17;text="busy"\r\n')]);
    expect(facts.ending).toMatchObject({ how: 'refused', sip: 486, q850: 17 });
  });

  it('dates a cancelled call by its CANCEL, not by the 487', () => {
    const cancel = message('out', 'CANCEL sip:1@127.0.0.1 SIP/2.0', '1 CANCEL');
    const facts = readDialog([invite(), answer(180), cancel, answer(487)]);
    expect(facts.ending).toEqual({ at: cancel.at, by: 'lab', how: 'cancelled', sip: 487 });
  });

  it('takes an answer that crosses a CANCEL for an answered call', () => {
    const cancel = message('out', 'CANCEL sip:1@127.0.0.1 SIP/2.0', '1 CANCEL');
    const bye = message('out', 'BYE sip:1@127.0.0.1 SIP/2.0', '2 BYE');
    expect(readDialog([invite(), cancel, answer(200)]).ending).toBeUndefined();
    expect(readDialog([invite(), cancel, answer(200), bye]).ending).toMatchObject({
      how: 'hungup',
      by: 'lab',
    });
  });

  it('says who hung up first', () => {
    const theirs = message('in', 'BYE sip:1@127.0.0.1 SIP/2.0', '7 BYE');
    const ours = message('out', 'BYE sip:1@127.0.0.1 SIP/2.0', '2 BYE');
    const facts = readDialog([invite(), answer(200), theirs, ours]);
    expect(facts.ending).toEqual({ at: theirs.at, by: 'far', how: 'hungup', sip: 200 });
  });
});

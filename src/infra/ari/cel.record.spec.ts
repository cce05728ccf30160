import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { celRecord, celTime } from './cel.record.js';

/** As Asterisk 22.10.1 wrote it. */
const hangup =
  '"HANGUP","1795441515.413021","1795441515.203","1795441515.203","PJSIP/phonea-000000cb","{""hangupcause"":17,""hangupsource"":"""",""dialstatus"":""""}"';
const answer = '"ANSWER","1795441553.289804","c-1-b","1795441553.208","PJSIP/gw-000000d1",""';

describe('a CEL line', () => {
  it('of a hang-up has its time and cause', () => {
    expect(celRecord(hangup)).toEqual({
      type: 'HANGUP',
      at: new Date('2026-11-23T13:45:15.413Z'),
      channelId: '1795441515.203',
      cause: 17,
    });
  });

  it('of a remote BYE (logged as 0) is normal clearing, as ARI says', () => {
    expect(celRecord(hangup.replace(':17', ':0'))?.cause).toBe(16);
  });

  it('of a hang-up without a cause has none', () => {
    expect(celRecord(hangup.replace(/\{.*\}/, ''))).toEqual({
      type: 'HANGUP',
      at: new Date('2026-11-23T13:45:15.413Z'),
      channelId: '1795441515.203',
    });
  });

  it('of an answer has a time and no cause, with a carriage return or without', () => {
    const record = { type: 'ANSWER', at: new Date('2026-11-23T13:45:53.289Z'), channelId: 'c-1-b' };
    expect(celRecord(answer)).toEqual(record);
    expect(celRecord(`${answer}\r`)).toEqual(record);
  });

  it('cut off anywhere is no record', () => {
    for (let length = 0; length < hangup.length; length++)
      expect(celRecord(hangup.slice(0, length))).toBeUndefined();
    for (let start = 1; start < hangup.length; start++)
      expect(celRecord(hangup.slice(start))).toBeUndefined();
  });

  it('its time can be read alone', () => {
    expect(celTime(hangup)).toBe(Date.parse('2026-11-23T13:45:15.413Z'));
    expect(celTime(hangup.slice(3))).toBeUndefined();
  });

  it('anything at all gets an answer', () => {
    fc.assert(fc.property(fc.string(), (line) => celRecord(line) === undefined));
    expect(celTime('')).toBeUndefined();
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { celChannel, celRecord, celTime } from './cel.record.js';

/** As Asterisk 22.10.1 wrote it. */
const hangup =
  '{"eventtype":"HANGUP","eventtime":"1795443326.070754","uniqueid":"c-1-b","linkedid":"1795443325.0","channame":"PJSIP/gw-00000001","peer":"","num":"","exten":"s","context":"trunks","eventextra":"{\\"hangupcause\\":17,\\"hangupsource\\":\\"PJSIP/phonea-00000000\\",\\"dialstatus\\":\\"\\"}"}';
const answer =
  '{"eventtype":"ANSWER","eventtime":"1795443325.565242","uniqueid":"c-1-b","linkedid":"1795443325.0","channame":"PJSIP/gw-00000001","eventextra":""}';

describe('a CEL line', () => {
  it('of a hang-up has its time and cause', () => {
    expect(celRecord(hangup)).toEqual({
      type: 'HANGUP',
      at: new Date(1795443326070),
      channelId: 'c-1-b',
      cause: 17,
    });
  });

  it('of a remote BYE (logged as 0) is normal clearing, as ARI says', () => {
    expect(celRecord(hangup.replace(':17,', ':0,'))?.cause).toBe(16);
  });

  it('of a hang-up without a cause has none', () => {
    expect(celRecord(hangup.replace(/\{\\.*\}(?="\})/, ''))).toEqual({
      type: 'HANGUP',
      at: new Date(1795443326070),
      channelId: 'c-1-b',
    });
  });

  it('of an answer has a time and no cause, with a carriage return or without', () => {
    const record = { type: 'ANSWER', at: new Date(1795443325565), channelId: 'c-1-b' };
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
    expect(celTime(hangup)).toBe(1795443326070);
    expect(celTime(hangup.slice(40))).toBeUndefined();
  });

  it('its channel can be read alone, and cannot be faked by a name', () => {
    expect(celChannel(hangup)).toBe('c-1-b');
    const named = JSON.stringify({ channame: '","uniqueid":"other"', uniqueid: 'c-1-b' });
    expect(celChannel(named)).toBe('c-1-b');
  });

  it('anything at all gets an answer', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (line) => celRecord(line) === undefined));
    expect(celTime('')).toBeUndefined();
  });
});

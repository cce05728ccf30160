import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { divertedBy } from './diversion.js';

describe('who has sent a call on', () => {
  it('is read from one header or several, several in one, encoded as the dialplan gives them', () => {
    const first = '"Kim, Ara" <sip:0262001234@gw;user=phone>;reason=unconditional;counter=2, <tel:+8210555>';
    expect(divertedBy([encodeURIComponent(first), '', encodeURIComponent('<sips:%2B82311@x>')])).toEqual([
      '0262001234',
      '+8210555',
      '+82311',
    ]);
  });

  it('is nobody where there is no header', () => {
    expect(divertedBy([])).toEqual([]);
    expect(divertedBy(['', ''])).toEqual([]);
  });

  it('whatever is written there, it ends, and with few', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 5_000, unit: 'binary' }), (text) => {
        expect(divertedBy([text, encodeURIComponent('sip:1 '.repeat(500))]).length).toBeLessThanOrEqual(20);
      }),
    );
  });
});

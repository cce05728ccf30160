import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AmiSplitter, formatAction } from './ami.protocol.js';

const stream =
  'Asterisk Call Manager/11.0.0\r\nResponse: Success\r\nActionID: 1\r\nMessage: Authentication accepted\r\n\r\n' +
  'Response: Error\r\nActionID: 2\r\nMessage: Cache: gone\r\n\r\n\r\nEvent: X\r\nKey: a\r\nKey: b\r\n\r\n';

describe('the splitter', () => {
  it('gives the same messages however the stream is cut', () => {
    const whole = new AmiSplitter().feed(stream)?.map((message) => Object.fromEntries(message));
    expect(whole).toEqual([
      { response: 'Success', actionid: '1', message: 'Authentication accepted' },
      { response: 'Error', actionid: '2', message: 'Cache: gone' },
      { event: 'X', key: 'a' },
    ]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (sizes) => {
        const splitter = new AmiSplitter();
        const messages: object[] = [];
        for (let at = 0, i = 0; at < stream.length; i++) {
          const size = sizes[i % sizes.length] ?? 1;
          for (const one of splitter.feed(stream.slice(at, at + size)) ?? [])
            messages.push(Object.fromEntries(one));
          at += size;
        }
        expect(messages).toEqual(whole);
      }),
    );
  });

  it('gives up on a peer that never ends a message', () => {
    const splitter = new AmiSplitter();
    expect(splitter.feed('x'.repeat(1024 * 1024))).toEqual([]);
    expect(splitter.feed('x')).toBeUndefined();
  });
});

describe('an action', () => {
  it('is headers and an empty line', () => {
    expect(formatAction('DBDel', '7', { Family: 'f', Key: 'k' })).toBe(
      'Action: DBDel\r\nActionID: 7\r\nFamily: f\r\nKey: k\r\n\r\n',
    );
  });

  it.each(['a\r\nAction: Command', 'a\nb', 'a\0'])('cannot carry %j', (value) => {
    expect(formatAction('DBDel', '7', { Key: value })).toBeUndefined();
    expect(formatAction('DBDel', '7', { [value]: 'x' })).toBeUndefined();
  });
});

import { describe, expect, test } from '@jest/globals';
import { fillIn } from '../../../bench/calls/asterisk-config.js';
import { parseOptions } from '../../../bench/calls/options.js';

describe('the options of bench calls', () => {
  test('without any are the quick mode with all peers', () => {
    expect(parseOptions([])).toMatchObject({
      ok: true,
      value: { peers: ['dialplan', 'naive', 'ours'], rates: [20], json: false },
    });
  });

  test('change single things of the mode', () => {
    const argv = ['--full', '--json', '--peers', 'ours,naive', '--rate', '10,30', '--max-rate', '200'];
    expect(parseOptions(argv)).toMatchObject({
      ok: true,
      value: { peers: ['ours', 'naive'], rates: [10, 30], json: true, search: { steps: [100, 150, 200] } },
    });
  });

  test('can leave the search for the highest rate out', () => {
    expect(parseOptions(['--max-rate', '0'])).toMatchObject({ ok: true, value: { search: undefined } });
  });

  test.each([
    [['--peers', 'kamailio']],
    [['--rate', 'fast']],
    [['--rate', '-3']],
    [['--seconds', '1.5']],
    [['--max-rate', 'high']],
    [['--roles', 'exchange,janitor']],
    [['--roles', 'worker']],
    [['--unheard-of']],
  ])('%j are refused', (argv) => {
    expect(parseOptions(argv).ok).toBe(false);
  });
});

describe("a peer's Asterisk", () => {
  test('is configured from templates in which every name must have a value', () => {
    expect(fillIn('bind = ${ADDRESS}:${SIP_PORT}', { ADDRESS: '127.0.27.1', SIP_PORT: '27010' })).toBe(
      'bind = 127.0.27.1:27010',
    );
    expect(() => fillIn('password = ${SECRET}', {})).toThrow('SECRET');
  });
});

import { describe, expect, it } from '@jest/globals';
import { isAnother, microphoneOf, type SoundSettings } from './sound-settings.js';

const chosen: SoundSettings = { microphone: 'headset', speaker: '', ringer: '', clean: true };
const there = (deviceId: string) => deviceId === 'headset';
const gone = () => false;

describe('which microphone the browser is asked for', () => {
  it('given_one_is_chosen_and_there_then_exactly_that_one', () =>
    expect(microphoneOf(chosen, there)).toMatchObject({ deviceId: { exact: 'headset' } }));
  it('given_the_chosen_one_is_unplugged_then_it_is_only_wished_for', () =>
    expect(microphoneOf(chosen, gone)).toMatchObject({ deviceId: { ideal: 'headset' } }));
  it('given_none_is_chosen_then_the_browser_chooses', () =>
    expect(microphoneOf({ ...chosen, microphone: '', clean: false }, there)).toEqual({
      echoCancellation: false,
      noiseSuppression: false,
      autoGainControl: false,
    }));
});

describe('whether a talk needs another microphone', () => {
  it.each([
    ['the chosen one is used', { deviceId: 'headset', ended: false }, there, false],
    ['the chosen one is back, another is used', { deviceId: 'built-in', ended: false }, there, true],
    ['the chosen one is away, another is used', { deviceId: 'built-in', ended: false }, gone, false],
    ['the one in use was unplugged', { deviceId: 'headset', ended: true }, gone, true],
  ] as const)('given_%s', (_, used, isThere, another) =>
    expect(isAnother(chosen, used, isThere)).toBe(another),
  );
});

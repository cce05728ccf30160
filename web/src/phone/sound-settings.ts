/** Which devices sound comes from and goes to; `''`: the browser's choice. */
export interface SoundSettings {
  readonly microphone: string;
  readonly speaker: string;
  readonly ringer: string;
  /** Echo and noise are taken out of the voice. Off for music, and for who brings a good headset. */
  readonly clean: boolean;
}

const KEY = 'anydial.phone.sound';
const USUAL: SoundSettings = { microphone: '', speaker: '', ringer: '', clean: true };

export function soundSettings(): SoundSettings {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return { ...USUAL, ...(typeof kept === 'object' ? kept : {}) };
  } catch {
    return USUAL;
  }
}

export function keepSoundSettings(changes: Partial<SoundSettings>): SoundSettings {
  const settings = { ...soundSettings(), ...changes };
  localStorage.setItem(KEY, JSON.stringify(settings));
  return settings;
}

/**
 * What to ask the browser for. Chromium takes no notice of a microphone that is only wished for (`ideal`;
 * https://issues.chromium.org/438606278, won't fix), so one that is there is asked for exactly. One that has been unplugged is no
 * reason not to talk.
 */
export const microphoneOf = (
  { microphone, clean }: SoundSettings,
  isThere: (deviceId: string) => boolean,
): MediaTrackConstraints => ({
  ...(microphone === ''
    ? {}
    : { deviceId: isThere(microphone) ? { exact: microphone } : { ideal: microphone } }),
  echoCancellation: clean,
  noiseSuppression: clean,
  autoGainControl: clean,
});

/** Whether the microphone in use has to be changed: it has ended (unplugged), or the chosen one is there and it is not that. */
export const isAnother = (
  { microphone }: SoundSettings,
  used: { readonly deviceId: string | undefined; readonly ended: boolean },
  isThere: (deviceId: string) => boolean,
): boolean => used.ended || (isThere(microphone) && used.deviceId !== microphone);

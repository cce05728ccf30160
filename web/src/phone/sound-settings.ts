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

/** A device that has been unplugged is no reason not to talk: `ideal` falls back on another one. */
export const microphoneOf = ({ microphone, clean }: SoundSettings): MediaTrackConstraints => ({
  ...(microphone === '' ? {} : { deviceId: { ideal: microphone } }),
  echoCancellation: clean,
  noiseSuppression: clean,
  autoGainControl: clean,
});

export interface SoundDevices {
  readonly microphones: readonly MediaDeviceInfo[];
  readonly speakers: readonly MediaDeviceInfo[];
}

export async function soundDevices(): Promise<SoundDevices> {
  const all = await navigator.mediaDevices.enumerateDevices();
  return {
    microphones: all.filter(({ kind, deviceId }) => kind === 'audioinput' && deviceId !== ''),
    speakers: all.filter(({ kind, deviceId }) => kind === 'audiooutput' && deviceId !== ''),
  };
}

import { microphoneOf, soundSettings } from './sound-settings.js';

export interface SoundDevices {
  readonly microphones: readonly MediaDeviceInfo[];
  readonly speakers: readonly MediaDeviceInfo[];
}

/** As the browser last told; it tells none before a microphone was allowed. */
let there: ReadonlySet<string> = new Set();

export const isThere = (deviceId: string): boolean => there.has(deviceId);

export async function soundDevices(): Promise<SoundDevices> {
  const all = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  const known = all.filter(({ deviceId }) => deviceId !== '');
  there = new Set(known.map(({ deviceId }) => deviceId));
  return {
    microphones: known.filter(({ kind }) => kind === 'audioinput'),
    speakers: known.filter(({ kind }) => kind === 'audiooutput'),
  };
}

/** Calls back when something is plugged in or out, until stopped. */
export function whenDevicesChange(changed: () => void): () => void {
  const { mediaDevices } = navigator;
  mediaDevices?.addEventListener('devicechange', changed);
  return () => mediaDevices?.removeEventListener('devicechange', changed);
}

/** For `getUserMedia`: the chosen microphone. */
export const chosenMicrophone = (): MediaTrackConstraints => microphoneOf(soundSettings(), isThere);

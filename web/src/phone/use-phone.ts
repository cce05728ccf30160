import { useEffect, useState, useSyncExternalStore } from 'react';
import { phone } from './phone.js';
import type { PhoneState } from './state.js';
import { listenTo } from './tones.js';

/** The browser's telephone as it is now; becomes one when it is first shown. */
export function usePhone(): PhoneState {
  const state = usePhoneState();
  useEffect(() => phone.start(), []);
  return state;
}

/** The same for who only looks at it. */
export const usePhoneState = (): PhoneState => useSyncExternalStore(phone.subscribe, phone.state);

/** How loud a stream is, and its strongest frequency, some times a second. */
export function useLevel(stream: MediaStream | undefined): {
  readonly level: number;
  readonly hertz: number;
} {
  const [heard, setHeard] = useState({ level: 0, hertz: 0 });
  useEffect(() => {
    if (stream === undefined || stream.getAudioTracks().length === 0) return undefined;
    const stop = listenTo(stream, (level, hertz) => setHeard({ level, hertz }));
    return () => {
      stop();
      setHeard({ level: 0, hertz: 0 });
    };
  }, [stream]);
  return heard;
}

/** Seconds since a moment, for a running clock; undefined while there is none. */
export function useSecondsSince(at: number | undefined): number | undefined {
  const [, tick] = useState(0);
  useEffect(() => {
    if (at === undefined) return undefined;
    const timer = setInterval(() => tick((count) => count + 1), 1_000);
    return () => clearInterval(timer);
  }, [at]);
  return at === undefined ? undefined : Math.max(0, Math.floor((Date.now() - at) / 1_000));
}

export const clockOf = (seconds: number): string => {
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3_600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours === 0 ? rest : `${hours}:${rest}`;
};

import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Milliseconds since 1970, once a second while it is shown. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** `1:02:03`, `2:03`. */
export function lasting(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const two = (count: number) => String(count).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? `${hours}:${two(minutes % 60)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** To the second, in the reader's zone; the day too where it is not today. */
export function useExact(): (iso: string | number) => string {
  const { i18n } = useTranslation();
  const locale = i18n.resolvedLanguage ?? 'en';
  const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
  const today = new Intl.DateTimeFormat(locale, time);
  const other = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', ...time });
  return (iso) => {
    const at = new Date(iso);
    return (at.toDateString() === new Date().toDateString() ? today : other).format(at);
  };
}

import { Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from './format.js';

const TICK_MS = 1_000;
const TELL_EVERY_SECONDS = 5;
/** Screen readers hear it in the last minutes only, once each. */
const SAID_FROM_SECONDS = 180;

/** Nobody counts the seconds of a day. */
const LONGEST_COUNTED_SECONDS = 7_200;

/** Until a moment; `onOver` when it has come, and as long as the page still counts. */
export function Countdown({ until, onOver }: { readonly until: string; readonly onOver?: () => void }) {
  const { t } = useTranslation('app');
  const { seconds, moment } = useFormat();
  const [left, setLeft] = useState(() => secondsUntil(until));
  useEffect(() => {
    setLeft(secondsUntil(until));
    const timer = setInterval(() => setLeft(secondsUntil(until)), TICK_MS);
    return () => clearInterval(timer);
  }, [until]);
  // Only when the server's clock, too, must have passed it; again and again, because that one may be slow.
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once a tick, not once a render
  useEffect(() => {
    if (left < 0 && left % TELL_EVERY_SECONDS === -1) onOver?.();
  }, [left]);
  if (left > LONGEST_COUNTED_SECONDS) return <Text span>{t('until', { when: moment(until) })}</Text>;
  const minutes = Math.ceil(left / 60);
  return (
    <>
      <Text span className="digits" fw={600} {...(left < 120 ? { c: 'red.8' } : {})} aria-hidden="true">
        {seconds(Math.max(0, left))}
      </Text>
      <Text
        span
        className="visually-hidden"
        role="timer"
        aria-live={left <= SAID_FROM_SECONDS ? 'polite' : 'off'}
      >
        {t('minutesLeft', { count: Math.max(0, minutes) })}
      </Text>
    </>
  );
}

const secondsUntil = (until: string): number => Math.ceil((Date.parse(until) - Date.now()) / 1_000);

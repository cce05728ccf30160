import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { hasLetters, KEYPAD, pressedFor } from './keypad.js';

/** The letters on the keys; and once a word is typed, what it is pressed as. */
export function KeypadHint({ typed }: { readonly typed: string }) {
  const { t } = useTranslation('shop');
  return (
    <>
      <Group gap={6} aria-hidden="true">
        {KEYPAD.map(([digit, letters]) => (
          <span key={digit} className="key">
            <b>{digit}</b> {letters}
          </span>
        ))}
      </Group>
      <Text size="sm" role="status" mih={22}>
        {hasLetters(typed) &&
          t('search.pressed', { word: typed.trim().toUpperCase(), digits: pressedFor(typed) })}
      </Text>
    </>
  );
}

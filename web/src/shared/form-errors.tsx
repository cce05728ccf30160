import { Alert, List } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

/**
 * What is wrong with a form, above its button, said at once and focused: the fields themselves may be out of sight. `tried` counts how often
 * somebody has tried to send it.
 */
export function FormErrors({
  errors,
  tried,
}: {
  readonly errors: Readonly<Record<string, ReactNode>>;
  readonly tried: number;
}) {
  const { t } = useTranslation('app');
  const box = useRef<HTMLDivElement>(null);
  const found = Object.entries(errors).filter(([, text]) => Boolean(text));
  // It is the trying that moves the focus, not each letter typed.
  useEffect(() => {
    if (tried > 0) box.current?.focus();
  }, [tried]);
  if (tried === 0 || found.length === 0) return null;
  return (
    <Alert ref={box} tabIndex={-1} color="red" variant="light" role="alert" title={t('form.errors')}>
      <List size="sm">
        {found.map(([field, text]) => (
          <List.Item key={field}>{text}</List.Item>
        ))}
      </List>
    </Alert>
  );
}

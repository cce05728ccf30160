import { Alert, Button, Center, List, Loader, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from './problem-text.js';

export function Loading() {
  const { t } = useTranslation('app');
  return (
    <Center py="xl" role="status" aria-label={t('loading')}>
      <Loader />
    </Center>
  );
}

/** Nothing is there yet: says so, and what to do about it. */
export function Empty({ text, children }: { readonly text: string; readonly children?: ReactNode }) {
  return (
    <Stack align="center" py="xl" gap="sm">
      <Text c="dimmed" ta="center">
        {text}
      </Text>
      {children}
    </Stack>
  );
}

/** What went wrong, in the reader's language where we have a text for it, and what to do; nothing for no error. */
export function ProblemAlert({
  error,
  onRetry,
}: {
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
}) {
  const { t } = useTranslation('app');
  const textOf = useProblemText();
  if (error === null || error === undefined) return null;
  const { message, hint, errors } = textOf(error);
  return (
    <Alert color="red" variant="light" role="alert" title={message}>
      <Stack gap="xs" align="flex-start">
        {hint !== undefined && <Text size="sm">{hint}</Text>}
        {errors.length > 0 && (
          <List size="sm">
            {errors.map((one) => (
              <List.Item key={one}>{one}</List.Item>
            ))}
          </List>
        )}
        {onRetry !== undefined && (
          <Button size="compact-sm" variant="light" color="red" onClick={onRetry}>
            {t('retry')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

/** A query's three other states, or its data. */
export function Loaded<Data>({
  query,
  children,
}: {
  readonly query: {
    readonly data: Data | undefined;
    readonly error: Error | null;
    readonly refetch: () => unknown;
  };
  readonly children: (data: Data) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null) {
    return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  }
  return <Loading />;
}

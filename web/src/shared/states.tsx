import { Alert, Button, List, Paper, Skeleton, Stack, Text, ThemeIcon } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconInbox } from './icons.js';
import { useProblemText } from './problem-text.js';

export function Loading() {
  const { t } = useTranslation('app');
  return (
    <Stack gap="sm" role="status" aria-label={t('loading')} data-loading>
      {['40%', '100%', '100%', '70%'].map((width, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines that stay where they are
        <Skeleton key={line} h={line === 0 ? 28 : 18} w={width} />
      ))}
    </Stack>
  );
}

/** Nothing is there yet: says so, and what to do about it. */
export function Empty({
  text,
  icon,
  children,
}: {
  readonly text: string;
  readonly icon?: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <Paper withBorder p="lg" className="empty">
      <Stack align="center" gap="sm">
        <ThemeIcon variant="light" size="xl" radius="xl" aria-hidden="true">
          {icon ?? <IconInbox />}
        </ThemeIcon>
        <Text c="dimmed" ta="center" maw={480}>
          {text}
        </Text>
        {children}
      </Stack>
    </Paper>
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

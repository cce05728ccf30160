import { Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEffect } from 'react';

/** The page's one `h1`, which is the browser tab's title too, a line about it, and what can be done here. */
export function PageHead({
  title,
  text,
  children,
}: {
  readonly title: string;
  readonly text?: string | undefined;
  readonly children?: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · Anydial`;
  }, [title]);
  return (
    <Stack gap={4} mb="lg">
      <Group justify="space-between" align="flex-start">
        <Title order={1} size="h2">
          {title}
        </Title>
        {children}
      </Group>
      {text !== undefined && (
        <Text c="dimmed" maw={720}>
          {text}
        </Text>
      )}
    </Stack>
  );
}

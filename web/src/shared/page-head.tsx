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
    <Group justify="space-between" align="flex-start" mb="lg" gap="sm">
      <Stack gap={4} flex="1 1 260px">
        <Title order={1} size="h2">
          {title}
        </Title>
        {text !== undefined && (
          <Text c="dimmed" maw={720}>
            {text}
          </Text>
        )}
      </Stack>
      {children}
    </Group>
  );
}

import { Button, SimpleGrid } from '@mantine/core';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;

/** A telephone's twelve keys. */
export function Keypad({ onKey }: { readonly onKey: (key: string) => void }) {
  return (
    <SimpleGrid cols={3} spacing="xs" verticalSpacing="xs" maw={280} mx="auto" w="100%">
      {KEYS.map((key) => (
        <Button key={key} variant="default" size="lg" onClick={() => onKey(key)} data-key={key}>
          {key}
        </Button>
      ))}
    </SimpleGrid>
  );
}

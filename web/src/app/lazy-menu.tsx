import { ActionIcon } from '@mantine/core';
import { lazy, type ReactNode, Suspense, useState } from 'react';

export interface MenuEntry {
  readonly text: string;
  readonly lang?: string;
  readonly chosen?: boolean;
  readonly to?: string;
  readonly onPress?: () => void;
}
export interface MenuProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly title?: string;
  readonly entries: readonly MenuEntry[];
  /** For tests: whose button it is. */
  readonly mark?: Readonly<Record<`data-${string}`, boolean>>;
}

const OpenedMenu = lazy(() => import('./opened-menu.js'));

/** A menu whose code is loaded when somebody first opens it: most visitors of the first page never do. */
export function LazyMenu(props: MenuProps) {
  const [wanted, setWanted] = useState(false);
  const closed = (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={props.label}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={() => setWanted(true)}
      {...props.mark}
    >
      {props.icon}
    </ActionIcon>
  );
  if (!wanted) return closed;
  return (
    <Suspense fallback={closed}>
      <OpenedMenu {...props} />
    </Suspense>
  );
}

import { Button, Kbd } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../api/session.js';
import { IconSearch } from '../shared/icons.js';
import { maySee } from './area.js';

const Find = lazy(() => import('./find.js'));
const roles = ['operator', 'finance', 'approver', 'support'] as const;

/** One box for everything that the house knows: for its own people, by the key `/` or Ctrl+K from anywhere. */
export function FindButton() {
  const { t } = useTranslation('app');
  const { account } = useSession();
  const [opened, { open, close }] = useDisclosure(false);
  const may = account !== null && account.companyId === null && maySee({ roles }, account.roles);
  useEffect(() => {
    if (!may) return undefined;
    const press = (event: KeyboardEvent) => {
      if (!isWanted(event)) return;
      event.preventDefault();
      open();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [may, open]);
  if (!may) return null;
  return (
    <>
      <Button
        variant="default"
        size="compact-md"
        fw={400}
        leftSection={<IconSearch size={16} />}
        onClick={open}
        aria-keyshortcuts="Control+K /"
        aria-label={t('find.open')}
        data-find
      >
        <span className="find-text">{t('find.open')}</span>
        <Kbd size="xs" ml={8} className="find-text">
          /
        </Kbd>
      </Button>
      <Suspense fallback={null}>{opened && <Find close={close} />}</Suspense>
    </>
  );
}

/** A `/` that somebody types into a field is a letter. */
function isWanted({ key, ctrlKey, metaKey, target }: KeyboardEvent): boolean {
  if ((ctrlKey || metaKey) && key.toLowerCase() === 'k') return true;
  const field =
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
  return key === '/' && !field && !ctrlKey && !metaKey;
}

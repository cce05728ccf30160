import { Burger, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, useLocation } from 'react-router';
import { useSession } from '../api/session.js';
import { Loading } from '../shared/states.js';
import { AccountMenu } from './account-menu.js';
import { FindButton } from './find-button.js';
import { Navigation } from './navigation.js';
import { Preferences } from './preferences.js';
import { RolesWithheld } from './roles-withheld.js';

// Strangers are asked for no code: what asks is loaded for who is signed in.
const FreshCode = lazy(async () => ({ default: (await import('./fresh-code.js')).FreshCode }));

/** Around every page: name, navigation by role, language, colours, account. */
export function Frame() {
  const { t } = useTranslation('app');
  const { account } = useSession();
  const [open, { toggle, close }] = useDisclosure(false);
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  // A new page is read from its beginning, by eyes and by screen readers.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the change of the path that counts
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    close();
    main.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [pathname]);
  return (
    <>
      <header className="frame-header">
        <a className="skip-link" href="#main">
          {t('skip')}
        </a>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            <Burger
              opened={open}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={t('menu')}
              aria-expanded={open}
              aria-controls="navigation"
            />
            <Text component={Link} to="/" fw={700} size="lg" c="inherit" td="none" className="brand">
              <img src="/icon.svg" alt="" width={28} height={28} />
              Anydial
            </Text>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <FindButton />
            <Preferences />
            <AccountMenu />
          </Group>
        </Group>
      </header>
      <nav id="navigation" className="frame-nav" data-open={open} aria-label={t('navigation')}>
        <Navigation />
      </nav>
      <main id="main" className="frame-main" ref={main} tabIndex={-1}>
        <RolesWithheld />
        {account !== null && (
          <Suspense>
            <FreshCode />
          </Suspense>
        )}
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
    </>
  );
}

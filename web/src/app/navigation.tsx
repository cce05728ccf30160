import { NavLink, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useSession } from '../api/session.js';
import { areas } from '../pages/areas.js';
import { type Area, maySee } from './area.js';

/** The pages that this person may see, area by area; an area whose texts have a `nav.title` is headed by it. */
export function Navigation() {
  const { account } = useSession();
  return areas.map((area) => <AreaLinks key={area.name} area={area} roles={account?.roles} />);
}

function AreaLinks({ area, roles }: { readonly area: Area; readonly roles: Parameters<typeof maySee>[1] }) {
  const { pathname } = useLocation();
  const { t, i18n } = useTranslation(area.name);
  const links = area.pages.flatMap((page) =>
    page.nav !== undefined && maySee(page, roles) ? [{ path: page.path, nav: page.nav }] : [],
  );
  if (links.length === 0) return null;
  return (
    <>
      {i18n.exists('nav.title', { ns: area.name }) && (
        <Text size="xs" fw={700} c="dimmed" px="sm" pt="sm" pb={4}>
          {t('nav.title')}
        </Text>
      )}
      {links.map(({ path, nav }) => (
        <NavLink
          key={path}
          component={Link}
          to={path}
          label={t(`nav.${nav.name}`)}
          leftSection={nav.icon}
          active={pathname === path}
          aria-current={pathname === path ? 'page' : undefined}
        />
      ))}
    </>
  );
}

import { NavLink } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useSession } from '../api/session.js';
import { areas } from '../pages/areas.js';
import { maySee } from './area.js';

/** The pages that this person may see, area by area. */
export function Navigation() {
  const { account } = useSession();
  const { pathname } = useLocation();
  const { t } = useTranslation(areas.map((area) => area.name));
  const entries = areas.flatMap((area) =>
    area.pages.flatMap((page) =>
      page.nav !== undefined && maySee(page, account?.roles)
        ? [{ area: area.name, page, nav: page.nav }]
        : [],
    ),
  );
  return entries.map(({ area, page, nav }) => (
    <NavLink
      key={page.path}
      component={Link}
      to={page.path}
      label={t(`${area}:nav.${nav.name}`)}
      leftSection={nav.icon}
      active={pathname === page.path}
      aria-current={pathname === page.path ? 'page' : undefined}
    />
  ));
}

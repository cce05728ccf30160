import { ActionIcon, Menu } from '@mantine/core';
import { Link } from 'react-router';
import type { MenuProps } from './lazy-menu.js';

export default function OpenedMenu({ label, icon, title, entries, mark }: MenuProps) {
  return (
    <Menu position="bottom-end" defaultOpened>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label} {...mark}>
          {icon}
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {title !== undefined && <Menu.Label>{title}</Menu.Label>}
        {entries.map(({ text, lang, chosen = false, to, onPress }) =>
          to === undefined ? (
            <Menu.Item key={text} lang={lang} fw={chosen ? 700 : 400} onClick={onPress}>
              {text}
            </Menu.Item>
          ) : (
            <Menu.Item key={text} component={Link} to={to}>
              {text}
            </Menu.Item>
          ),
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

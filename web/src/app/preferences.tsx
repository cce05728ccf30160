import { ActionIcon, Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { chooseLanguage } from '../api/session.js';
import { languages, nameOfLanguage } from '../i18n/languages.js';
import { IconLanguage, IconMoon, IconSun } from '../shared/icons.js';

/** Language and colours, one press away on every page. */
export function Preferences() {
  const { t, i18n } = useTranslation('app');
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme('light') === 'dark';
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('language')}>
            <IconLanguage />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {languages.map((language) => (
            <Menu.Item
              key={language}
              lang={language}
              fw={language === i18n.resolvedLanguage ? 700 : 400}
              onClick={() => void chooseLanguage(language)}
            >
              {nameOfLanguage(language)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t(dark ? 'colours.light' : 'colours.dark')}
        onClick={() => setColorScheme(dark ? 'light' : 'dark')}
      >
        {dark ? <IconSun /> : <IconMoon />}
      </ActionIcon>
    </>
  );
}

import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { chooseLanguage } from '../api/session.js';
import { languages, nameOfLanguage } from '../i18n/languages.js';
import { IconLanguage, IconMoon, IconSun } from '../shared/icons.js';
import { LazyMenu } from './lazy-menu.js';

/** Language and colours, one press away on every page. */
export function Preferences() {
  const { t, i18n } = useTranslation('app');
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme('light') === 'dark';
  return (
    <>
      <LazyMenu
        label={t('language')}
        icon={<IconLanguage />}
        entries={languages.map((language) => ({
          text: nameOfLanguage(language),
          lang: language,
          chosen: language === i18n.resolvedLanguage,
          onPress: () => void chooseLanguage(language),
        }))}
      />
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

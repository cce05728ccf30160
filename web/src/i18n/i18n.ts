import i18next, { type BackendModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { languages, storedLanguage, textsOf } from './languages.js';
import { preferredLanguage } from './preferred-language.js';

const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, area, done) => {
    textsOf(language, area).then(
      (texts) => done(null, texts),
      (error: unknown) => done(error instanceof Error ? error : String(error), null),
    );
  },
};

/** Texts are loaded area by area, when a page of it is first shown. Keys are flat: `nav.home` is one name. */
export async function startI18n(): Promise<void> {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: preferredLanguage([storedLanguage() ?? '', ...navigator.languages], languages),
      fallbackLng: 'en',
      supportedLngs: [...languages],
      load: 'languageOnly',
      ns: ['app', 'problems'],
      defaultNS: 'app',
      keySeparator: false,
      interpolation: { escapeValue: false },
      // A text that nobody wrote must not go unnoticed: browser tests fail on it.
      saveMissing: true,
      missingKeyHandler: (_, area, key) => console.error(`no text ${String(area)}:${key}`),
    });
}

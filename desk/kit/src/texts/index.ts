import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'desk';
    resources: { desk: typeof en };
  }
}

/** Makes the catalogue of texts ready. Another language is another file beside en.ts. */
export function startTexts() {
  void i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    defaultNS: 'desk',
    resources: { en: { desk: en } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
}

import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from './en.json' with { type: 'json' };

export const languages = [
  { code: 'en', name: 'English' },
  { code: 'de', name: 'Deutsch' },
] as const;

export type Language = (typeof languages)[number]['code'];

const storageKey = 'rollcall.language';

/** English is part of the first page; every other language is one file that loads when it is asked for. */
const loaders: Record<Exclude<Language, 'en'>, () => Promise<{ default: object }>> = {
  de: () => import('./de.json'),
};

function known(tag: string | null | undefined): Language | undefined {
  const code = tag?.slice(0, 2).toLowerCase();
  return languages.find((language) => language.code === code)?.code;
}

/** The language chosen in this browser before, otherwise the first one that the browser asks for and we have. */
export function preferredLanguage(): Language {
  const stored = known(localStorage.getItem(storageKey));
  return stored ?? navigator.languages.map(known).find((code) => code !== undefined) ?? 'en';
}

/** Loads the language if need be, switches to it and remembers it in this browser. */
export async function setLanguage(language: Language): Promise<void> {
  if (language !== 'en' && !i18next.hasResourceBundle(language, 'translation')) {
    const { default: texts } = await loaders[language]();
    i18next.addResourceBundle(language, 'translation', texts);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  localStorage.setItem(storageKey, language);
}

export async function startTranslations(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: { en: { translation: en } },
    lng: 'en',
    fallbackLng: 'en',
    interpolation: { escapeValue: false },
    showSupportNotice: false,
  } as Parameters<typeof i18next.init>[0]);
  const language = preferredLanguage();
  if (language !== 'en') await setLanguage(language);
}

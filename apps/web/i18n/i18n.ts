import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import de from './de.json?url';
import en from './en.json?url';

export const languages = [
  { code: 'en', name: 'English' },
  { code: 'de', name: 'Deutsch' },
] as const;

export type Language = (typeof languages)[number]['code'];

const storageKey = 'rollcall.language';

/** Each language is one file of data, fetched when it is asked for: none is part of the program. */
const files: Record<Language, string> = { en, de };

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
  if (!i18next.hasResourceBundle(language, 'translation')) {
    const response = await fetch(files[language]);
    if (!response.ok) throw new Error(`The texts in “${language}” could not be loaded: ${response.status}`);
    i18next.addResourceBundle(language, 'translation', await response.json());
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  localStorage.setItem(storageKey, language);
}

export async function startTranslations(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: {},
    fallbackLng: false,
    interpolation: { escapeValue: false },
    showSupportNotice: false,
  } as Parameters<typeof i18next.init>[0]);
  await setLanguage(preferredLanguage());
}

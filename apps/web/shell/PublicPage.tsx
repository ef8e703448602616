import { NativeSelect } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Language, languages, setLanguage } from '../i18n/i18n.ts';
import { Logo } from '../ui/Logo.tsx';
import classes from './PublicPage.module.css';

interface PublicPageProps {
  title: string;
  intro?: ReactNode;
  children?: ReactNode;
  /** Under the card: the way to somewhere else. */
  below?: ReactNode;
}

/** A page before sign-in: one card in the middle, with one thing to do. */
export function PublicPage({ title, intro, children, below }: PublicPageProps) {
  const { t, i18n } = useTranslation();
  useDocumentTitle(`${title} · Rollcall`);
  return (
    <div className={classes.page}>
      <main className={classes.main}>
        <div className={classes.logo}>
          <Logo size={30} word />
        </div>
        <div className={classes.card}>
          <h1 className={classes.title}>{title}</h1>
          {intro && <p className={classes.intro}>{intro}</p>}
          {children && <div className={classes.content}>{children}</div>}
        </div>
        {below && <div className={classes.below}>{below}</div>}
      </main>
      <footer className={classes.footer}>
        <NativeSelect
          size="xs"
          variant="unstyled"
          aria-label={t('shell.language')}
          value={i18n.language}
          onChange={(event) => void setLanguage(event.currentTarget.value as Language)}
          data={languages.map((language) => ({ value: language.code, label: language.name }))}
        />
      </footer>
    </div>
  );
}

import { ActionIcon } from '@mantine/core';
import { IconMenu2 } from '@tabler/icons-react';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { onSessionEnded } from '../api/client.ts';
import { type Language, languages, setLanguage } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { useMe } from '../session/me.ts';
import { Logo } from '../ui/Logo.tsx';
import classes from './Shell.module.css';
import { Sidebar } from './Sidebar.tsx';
import { useLiveChanges } from './use-live-changes.ts';

/** Only on a phone is the menu a drawer, and only then is there code for one. */
const PhoneMenu = lazy(async () => ({ default: (await import('./PhoneMenu.tsx')).PhoneMenu }));
const Toasts = lazy(async () => ({ default: (await import('./Toasts.tsx')).Toasts }));

/** The frame behind sign-in: sidebar (a drawer on a phone) and the page. */
export function Shell() {
  const { t } = useTranslation();
  const [menu, setMenu] = useState(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  useOwnLanguage();
  useSessionEnd();
  useLiveChanges();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes when one has gone somewhere
  useEffect(() => setMenu(false), [path]);
  return (
    <div className={classes.shell}>
      <a href="#content" className={classes.skip}>
        {t('shell.skip')}
      </a>
      <aside className={classes.sidebar}>
        <Sidebar />
      </aside>
      {/* No <header>: that of an open dialog would be a second banner. */}
      <section className={classes.topbar} aria-label={t('shell.topbar')}>
        <ActionIcon size={36} aria-label={t('shell.openMenu')} onClick={() => setMenu(true)}>
          <IconMenu2 size={20} stroke={1.8} />
        </ActionIcon>
        <Logo size={22} word />
      </section>
      {menu && (
        <Suspense>
          <PhoneMenu onClose={() => setMenu(false)} />
        </Suspense>
      )}
      <main id="content" tabIndex={-1} className={classes.main}>
        <Outlet />
      </main>
      <Suspense>
        <Toasts />
      </Suspense>
    </div>
  );
}

/** The language of the user's own settings wins over the browser's. */
function useOwnLanguage(): void {
  const { i18n } = useTranslation();
  const wanted = useMe().user.locale?.slice(0, 2);
  useEffect(() => {
    const known = languages.some((language) => language.code === wanted);
    if (known && wanted !== i18n.language) void setLanguage(wanted as Language);
  }, [wanted, i18n]);
}

function useSessionEnd(): void {
  useEffect(() => {
    onSessionEnded(() => {
      const { pathname, search } = window.location;
      window.location.assign(paths.signIn(pathname + search));
    });
    return () => onSessionEnded(undefined);
  }, []);
}

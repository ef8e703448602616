import { ActionIcon, Drawer } from '@mantine/core';
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

const Toasts = lazy(async () => ({ default: (await import('./Toasts.tsx')).Toasts }));

/** The frame behind sign-in: sidebar (a drawer on a phone) and the page. */
export function Shell() {
  const { t } = useTranslation();
  const [menu, setMenu] = useState(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  useOwnLanguage();
  useSessionEnd();
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
      <header className={classes.topbar}>
        <ActionIcon size={36} aria-label={t('shell.openMenu')} onClick={() => setMenu(true)}>
          <IconMenu2 size={20} stroke={1.8} />
        </ActionIcon>
        <Logo size={22} word />
      </header>
      <Drawer.Root opened={menu} onClose={() => setMenu(false)} position="left" size={280} padding={0}>
        <Drawer.Overlay backgroundOpacity={0.3} />
        <Drawer.Content aria-label={t('nav.main')}>
          <Drawer.Body className={classes.drawer}>
            <Sidebar />
          </Drawer.Body>
        </Drawer.Content>
      </Drawer.Root>
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

import { Button } from '@mantine/core';
import type { HomeSummary } from '@rollcall/contract/home';
import { useTranslation } from 'react-i18next';
import { paths } from '../../paths.ts';
import { RouteLink } from '../../shell/RouteLink.tsx';
import { Notice } from '../../ui/Notice.tsx';
import classes from './HomePage.module.css';

/** Where each is mended. */
const places = {
  only_one_administrator: paths.agents(),
  no_mail_server: paths.email(),
  no_free_extension: paths.organization(),
  last_day_over: paths.agents(),
} as const;

const isKnown = (code: string): code is keyof typeof places => code in places;

export function HomeWarnings({ warnings }: Pick<HomeSummary, 'warnings'>) {
  const { t } = useTranslation();
  if (warnings.length === 0) return null;
  return (
    <section aria-label={t('home.warnings.title')} className={classes.warnings}>
      {warnings.map(({ code, message, remedy }) => {
        if (!isKnown(code)) {
          return (
            <Notice key={code} tone="warn" title={message}>
              {remedy}
            </Notice>
          );
        }
        // The names that the server found stand in its own words only.
        const title = code === 'last_day_over' ? message : t(`home.warnings.${code}.title`);
        return (
          <Notice
            key={code}
            tone="warn"
            title={title}
            action={
              <Button variant="default" size="compact-sm" component={RouteLink} href={places[code]}>
                {t(`home.warnings.${code}.action`)}
              </Button>
            }
          >
            {t(`home.warnings.${code}.remedy`)}
          </Notice>
        );
      })}
    </section>
  );
}

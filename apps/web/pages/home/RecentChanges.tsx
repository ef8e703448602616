import type { AuditTargetKind } from '@rollcall/contract/audit-actions';
import type { HomeSummary } from '@rollcall/contract/home';
import { useTranslation } from 'react-i18next';
import { paths } from '../../paths.ts';
import { RouteLink } from '../../shell/RouteLink.tsx';
import { Section } from '../../ui/Section.tsx';
import { Timeline } from '../../ui/Timeline.tsx';
import classes from './HomePage.module.css';

type Change = NonNullable<HomeSummary['recentChanges']>[number];

const places: Partial<Record<AuditTargetKind, (id: string) => string>> = {
  user: paths.agent,
  group: paths.group,
  import: paths.importRun,
  operation: paths.operation,
  off_boarding: paths.offboarding,
};

/** The last things that were changed; what happens meanwhile appears by itself. */
export function RecentChanges({ changes }: { changes: Change[] }) {
  const { t } = useTranslation();
  return (
    <Section
      title={t('home.changes.title')}
      actions={<RouteLink href={paths.audit()}>{t('home.changes.all')}</RouteLink>}
    >
      {changes.length === 0 ? (
        <p className={classes.calm}>{t('home.changes.none')}</p>
      ) : (
        <Timeline
          items={changes.map((change) => ({
            key: change.id,
            at: change.occurredAt,
            title: <ChangeTitle change={change} />,
            body: change.actorName && t('home.changes.by', { name: change.actorName }),
          }))}
        />
      )}
    </Section>
  );
}

function ChangeTitle({ change }: { change: Change }) {
  const { t } = useTranslation();
  const { action, targetKind, targetId, targetName } = change;
  const place = action.endsWith('.deleted') ? undefined : places[targetKind];
  return (
    <>
      {t(`auditActions.${action}`)}
      {targetName && ': '}
      {targetName && targetId && place ? (
        <RouteLink href={place(targetId)}>{targetName}</RouteLink>
      ) : (
        targetName
      )}
    </>
  );
}

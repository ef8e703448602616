import { Skeleton } from '@mantine/core';
import type { RoleView } from '@rollcall/contract/roles';
import { IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { paths } from '../../paths.ts';
import { RouteLink } from '../../shell/RouteLink.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Page } from '../../ui/Page.tsx';
import { rolesQuery } from '../agents/agents-queries.ts';
import { permissionGroups, permissionText } from './permission-groups.ts';
import classes from './RolesPage.module.css';

/** What each role allows, side by side. */
export function RolesPage() {
  const { t } = useTranslation();
  const roles = useQuery(rolesQuery);
  return (
    <Page title={t('nav.roles')} intro={t('roles.intro')}>
      {roles.isPending && (
        <div role="status" aria-label={t('ui.loading')}>
          <Skeleton height={480} radius="md" />
        </div>
      )}
      {roles.isError && !roles.data && (
        <ErrorState error={roles.error} onRetry={() => void roles.refetch()} />
      )}
      {roles.data && <RoleTable roles={roles.data} />}
    </Page>
  );
}

function RoleTable({ roles }: { roles: RoleView[] }) {
  const { t } = useTranslation();
  return (
    <div className={classes.frame}>
      <table className={classes.table}>
        <thead>
          <tr>
            <td className={classes.corner} />
            {roles.map((role) => (
              <th key={role.id} scope="col" className={classes.role}>
                <span className={classes.roleName}>{nameOf(role)}</span>
                <span className={classes.roleText}>{textOf(role)}</span>
                <RouteLink href={`${paths.agents()}?roleId=${role.id}`} className={classes.holders}>
                  {t('roles.holders', { count: role.holders })}
                </RouteLink>
              </th>
            ))}
          </tr>
        </thead>
        {permissionGroups.map(({ topic, permissions }) => (
          <tbody key={topic}>
            <tr>
              <th scope="rowgroup" colSpan={roles.length + 1} className={classes.topic}>
                {t(`roles.topic.${topic}`)}
              </th>
            </tr>
            {permissions.map((permission) => (
              <tr key={permission}>
                <th scope="row" className={classes.permission}>
                  {permissionText(t, permission)}
                </th>
                {roles.map((role) => {
                  const allowed = role.permissions.includes(permission);
                  const words = allowed ? t('roles.allowed') : t('roles.notAllowed');
                  return (
                    <td key={role.id} className={classes.cell}>
                      {allowed ? (
                        <IconCheck size={17} stroke={2} role="img" aria-label={words} />
                      ) : (
                        <span role="img" aria-label={words} className={classes.no}>
                          –
                        </span>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );

  function nameOf(role: RoleView) {
    return role.key ? t(`roles.builtIn.${role.key}.name`) : role.name;
  }
  function textOf(role: RoleView) {
    return role.key ? t(`roles.builtIn.${role.key}.text`) : role.description;
  }
}

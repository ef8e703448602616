import { Checkbox, Input } from '@mantine/core';
import type { Permission } from '@rollcall/contract/permissions';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../session/me.ts';
import { permissionGroups, permissionText } from '../roles/permission-groups.ts';
import classes from './CreateApiKey.module.css';

interface PermissionChoiceProps {
  value: Permission[];
  onChange: (permissions: Permission[]) => void;
  error?: ReactNode;
}

/** Permissions by topic, at most those that one has oneself; a topic is chosen as a whole, too. */
export function PermissionChoice({ value, onChange, error }: PermissionChoiceProps) {
  const { t } = useTranslation();
  const { abilities } = useMe();
  const topics = permissionGroups
    .map(({ topic, permissions }) => ({
      topic,
      permissions: permissions.filter((permission) => abilities.includes(permission)),
    }))
    .filter(({ permissions }) => permissions.length > 0);
  const set = (permissions: Permission[], on: boolean) => {
    const others = value.filter((permission) => !permissions.includes(permission));
    onChange(on ? [...others, ...permissions] : others);
  };
  return (
    <Input.Wrapper
      labelElement="div"
      label={t('apiKeys.columns.permissions')}
      description={t('apiKeys.permissionsHelp')}
      error={error}
    >
      <div className={classes.topics}>
        {topics.map(({ topic, permissions }) => {
          const chosen = permissions.filter((permission) => value.includes(permission)).length;
          return (
            <fieldset
              key={topic}
              className={classes.topic}
              aria-label={t(`roles.topic.${topic}`)}
              style={{ border: 0, margin: 0, padding: 0 }}
            >
              <Checkbox
                label={<span className={classes.topicName}>{t(`roles.topic.${topic}`)}</span>}
                checked={chosen === permissions.length}
                indeterminate={chosen > 0 && chosen < permissions.length}
                onChange={(event) => set(permissions, event.currentTarget.checked)}
              />
              <div className={classes.indented}>
                {permissions.map((permission) => (
                  <Checkbox
                    key={permission}
                    label={permissionText(t, permission)}
                    checked={value.includes(permission)}
                    onChange={(event) => set([permission], event.currentTarget.checked)}
                  />
                ))}
              </div>
            </fieldset>
          );
        })}
      </div>
    </Input.Wrapper>
  );
}

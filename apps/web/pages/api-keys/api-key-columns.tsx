import { Button } from '@mantine/core';
import type { ApiKeyView } from '@rollcall/contract/api-keys';
import type { TFunction } from 'i18next';
import type { Format } from '../../i18n/use-format.ts';
import { paths } from '../../paths.ts';
import { RouteLink } from '../../shell/RouteLink.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { permissionText } from '../roles/permission-groups.ts';

const soon = 14 * 86_400_000;

function Expiry({ apiKey, t, format }: { apiKey: ApiKeyView; t: TFunction; format: Format }) {
  if (apiKey.expired) return <StatusBadge tone="bad" label={t('apiKeys.expired')} />;
  const date = format.date(apiKey.expiresAt);
  const near = new Date(apiKey.expiresAt).getTime() - Date.now() < soon;
  return near ? <StatusBadge tone="warn" label={t('apiKeys.expiresSoon', { date })} /> : date;
}

interface Options {
  t: TFunction;
  format: Format;
  withOwner: boolean;
  onRevoke: (key: ApiKeyView) => void;
}

export function columnsOfApiKeys({ t, format, withOwner, onRevoke }: Options): Column<ApiKeyView>[] {
  const owner: Column<ApiKeyView> = {
    key: 'owner',
    header: t('apiKeys.columns.owner'),
    width: 'minmax(8rem, 1fr)',
    render: (key) => <RouteLink href={paths.agent(key.user.id)}>{key.user.name}</RouteLink>,
  };
  return [
    {
      key: 'name',
      header: t('apiKeys.columns.name'),
      width: 'minmax(10rem, 1.3fr)',
      required: true,
      narrow: 'title',
      render: (key) => key.name,
    },
    {
      key: 'hint',
      header: t('apiKeys.columns.hint'),
      width: '6rem',
      render: (key) => <code>…{key.hint}</code>,
    },
    ...(withOwner ? [owner] : []),
    {
      key: 'permissions',
      header: t('apiKeys.columns.permissions'),
      width: 'minmax(8rem, 0.8fr)',
      render: (key) => (
        <span title={key.permissions.map((permission) => permissionText(t, permission)).join('\n')}>
          {t('apiKeys.permissions', { count: key.permissions.length })}
        </span>
      ),
    },
    {
      key: 'lastUsedAt',
      header: t('apiKeys.columns.lastUsedAt'),
      width: '9rem',
      narrow: 'subtitle',
      render: (key) => (key.lastUsedAt ? <RelativeTime value={key.lastUsedAt} /> : t('apiKeys.neverUsed')),
    },
    {
      key: 'expiresAt',
      header: t('apiKeys.columns.expiresAt'),
      width: '11rem',
      narrow: 'subtitle',
      render: (key) => <Expiry apiKey={key} t={t} format={format} />,
    },
    {
      key: 'actions',
      header: t('apiKeys.columns.actions'),
      width: '6.5rem',
      narrow: 'aside',
      render: (key) => (
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => onRevoke(key)}
          aria-label={`${t('apiKeys.revoke')}: ${key.name}`}
        >
          {t('apiKeys.revoke')}
        </Button>
      ),
    },
  ];
}

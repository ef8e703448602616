import { Button, Menu } from '@mantine/core';
import type { BulkActionKind } from '@rollcall/contract/operations';
import type { Permission } from '@rollcall/contract/permissions';
import { IconDots } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../session/me.ts';
import type { Selection } from '../../ui/table/selection.ts';
import type { AgentsView } from './agents-view.ts';

const BulkDialog = lazy(async () => ({ default: (await import('./bulk/BulkDialog.tsx')).BulkDialog }));

const kinds: { kind: BulkActionKind; ability: Permission }[] = [
  { kind: 'add_to_group', ability: 'groups:manage' },
  { kind: 'deactivate', ability: 'users:deactivate' },
  { kind: 'remove_from_group', ability: 'groups:manage' },
  { kind: 'change_role', ability: 'roles:assign' },
  { kind: 'resend_invitation', ability: 'invitations:manage' },
  { kind: 'reactivate', ability: 'users:deactivate' },
];

interface BulkActionsProps {
  selection: Selection;
  view: AgentsView;
  total: number | undefined;
}

/** What can be done to everybody who is chosen; each shows first what it will do. */
export function BulkActions({ selection, view, total }: BulkActionsProps) {
  const { t } = useTranslation();
  const { abilities } = useMe();
  const [chosen, choose] = useState<BulkActionKind>();
  const allowed = kinds.filter(({ ability }) => abilities.includes(ability));
  if (allowed.length === 0) return null;
  return (
    <>
      {allowed.slice(0, 2).map(({ kind }) => (
        <Button key={kind} variant="default" onClick={() => choose(kind)}>
          {t(`agents.bulk.${kind}.action`)}
        </Button>
      ))}
      {allowed.length > 2 && (
        <Menu position="top-end">
          <Menu.Target>
            <Button variant="default" leftSection={<IconDots size={15} />}>
              {t('agents.bulk.more')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {allowed.slice(2).map(({ kind }) => (
              <Menu.Item key={kind} onClick={() => choose(kind)}>
                {t(`agents.bulk.${kind}.action`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {chosen && (
        <Suspense>
          <BulkDialog
            kind={chosen}
            selection={selection.state}
            view={view}
            count={selection.count(total ?? 0)}
            onClose={() => choose(undefined)}
          />
        </Suspense>
      )}
    </>
  );
}

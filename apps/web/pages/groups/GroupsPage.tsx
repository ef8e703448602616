import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { GroupRow } from '@rollcall/contract/groups';
import { IconUsersGroup } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { stateOfList } from '../../api/state-of-list.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { paths } from '../../paths.ts';
import { useAbility } from '../../session/me.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FilterBar } from '../../ui/FilterBar.tsx';
import { Page } from '../../ui/Page.tsx';
import { SearchInput } from '../../ui/SearchInput.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { columnsOfGroups } from './group-columns.tsx';
import { groupsQuery } from './groups-queries.ts';

const GroupDrawer = lazy(async () => ({ default: (await import('./GroupDrawer.tsx')).GroupDrawer }));

const keyOf = (group: GroupRow) => group.id;
const nameOf = (group: GroupRow) => group.name;

export function GroupsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const { search } = useSearch({ from: '/signed-in/settings/groups' });
  const mayManage = useAbility('groups:manage');
  const [adding, add] = useDisclosure(false);
  const list = useInfiniteQuery(groupsQuery(search));
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const columns = useMemo(() => columnsOfGroups(t, format), [t, format]);
  const onSearch = (next: string) =>
    void navigate({ to: '.', search: (next ? { search: next } : {}) as never, replace: true });
  const addButton = mayManage && <Button onClick={add.open}>{t('groups.add')}</Button>;
  return (
    <Page title={t('nav.groups')} intro={t('groups.intro')} layout="fill" actions={addButton}>
      <FilterBar
        search={<SearchInput label={t('groups.search')} value={search ?? ''} onSearch={onSearch} />}
        filters={[]}
        onChange={() => undefined}
        onClear={() => undefined}
      />
      <DataTable
        label={t('nav.groups')}
        columns={columns}
        rows={rows}
        rowKey={keyOf}
        rowLabel={nameOf}
        {...stateOfList(list)}
        onOpen={(group) => void navigate({ href: paths.group(group.id) })}
        empty={
          <EmptyState
            icon={<IconUsersGroup size={24} stroke={1.6} />}
            title={search ? t('groups.empty.filtered') : t('groups.empty.title')}
            action={
              search ? (
                <Button variant="default" onClick={() => onSearch('')}>
                  {t('ui.clearSearch')}
                </Button>
              ) : (
                addButton
              )
            }
          >
            {search ? t('groups.empty.filteredHint') : t('groups.empty.hint')}
          </EmptyState>
        }
      />
      <Suspense>{adding && <GroupDrawer opened onClose={add.close} />}</Suspense>
    </Page>
  );
}

import { ActionIcon, Tooltip } from '@mantine/core';
import type { UserRow } from '@rollcall/contract/users-list';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { writeSearch } from '../../shell/search-params.ts';
import { FilterBar } from '../../ui/FilterBar.tsx';
import { SearchInput } from '../../ui/SearchInput.tsx';
import { ColumnChooser } from '../../ui/table/ColumnChooser.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { departmentsQuery, groupChoicesQuery, rolesQuery } from './agents-queries.ts';
import {
  type AgentColumn,
  type AgentsView,
  agentColumns,
  filtersOf,
  hiddenColumns,
  invitationStates,
  serverColumns,
  statuses,
} from './agents-view.ts';
import { SavedViews } from './SavedViews.tsx';

interface AgentsFiltersProps {
  view: AgentsView;
  columns: Column<UserRow>[];
  onChange: (part: AgentsView) => void;
}

/** Search, filters, and what is done with the list as a whole: views, columns, export. */
export function AgentsFilters({ view, columns, onChange }: AgentsFiltersProps) {
  const { t } = useTranslation();
  const roles = useQuery(rolesQuery);
  const groups = useQuery(groupChoicesQuery);
  const departments = useQuery(departmentsQuery);
  const named = (items: { id: string; name: string }[] = []) =>
    items.map(({ id, name }) => ({ value: id, label: name }));
  const departmentNames = [
    ...new Set([...(departments.data ?? []), ...(view.department ? [view.department] : [])]),
  ];
  const filters = [
    {
      key: 'status',
      label: t('agents.columns.status'),
      values: view.status ?? [],
      options: statuses.map((value) => ({ value, label: t(`agents.status.${value}`) })),
    },
    {
      key: 'roleId',
      label: t('agents.columns.roles'),
      single: true,
      values: view.roleId ? [view.roleId] : [],
      options: named(roles.data),
    },
    {
      key: 'groupId',
      label: t('agents.columns.group'),
      single: true,
      values: view.groupId ? [view.groupId] : [],
      options: named(groups.data),
    },
    {
      key: 'invitationState',
      label: t('agents.columns.invitationState'),
      values: view.invitationState ?? [],
      options: invitationStates.map((value) => ({ value, label: t(`agents.invitation.${value}`) })),
    },
    {
      key: 'department',
      label: t('agents.columns.department'),
      single: true,
      values: view.department ? [view.department] : [],
      options: departmentNames.map((value) => ({ value, label: value })),
    },
  ];
  const exported = writeSearch({
    ...filtersOf(view),
    sort: view.sort,
    direction: view.direction,
    columns: serverColumns(view),
  });
  return (
    <FilterBar
      search={
        <SearchInput
          label={t('agents.search')}
          value={view.search ?? ''}
          onSearch={(search) => onChange({ search: search || undefined })}
        />
      }
      filters={filters.filter((filter) => filter.options.length > 0)}
      onChange={(key, values) => {
        const single = filters.find((filter) => filter.key === key)?.single;
        const value = single ? values.at(-1) : values.length > 0 ? values : undefined;
        onChange({ [key]: value });
      }}
      onClear={() =>
        onChange({
          status: undefined,
          roleId: undefined,
          groupId: undefined,
          invitationState: undefined,
          department: undefined,
        })
      }
      tools={
        <>
          <SavedViews view={view} />
          <ColumnChooser
            columns={columns}
            hidden={hiddenColumns(view)}
            onChange={(hidden) =>
              onChange({
                columns: agentColumns.filter((column: AgentColumn) => !hidden.includes(column)),
              })
            }
          />
          <Tooltip label={t('agents.export')}>
            <ActionIcon
              component="a"
              href={`/api/v1/users/export${exported}`}
              download
              variant="default"
              size={32}
              aria-label={t('agents.export')}
            >
              <IconDownload size={16} stroke={1.8} />
            </ActionIcon>
          </Tooltip>
        </>
      }
    />
  );
}

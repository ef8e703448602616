import { Button } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Problem } from '../api/problem.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FilterBar } from '../ui/FilterBar.tsx';
import { Page } from '../ui/Page.tsx';
import { PersonCell } from '../ui/PersonCell.tsx';
import { RelativeTime } from '../ui/RelativeTime.tsx';
import { SearchInput } from '../ui/SearchInput.tsx';
import { StatusBadge } from '../ui/StatusBadge.tsx';
import { ColumnChooser } from '../ui/table/ColumnChooser.tsx';
import type { Column, Sort } from '../ui/table/columns.ts';
import { DataTable } from '../ui/table/DataTable.tsx';
import { useSelection } from '../ui/table/selection.ts';
import { type SamplePerson, samplePeople } from './sample-people.ts';

export type TableMood = 'full' | 'loading' | 'error' | 'empty' | 'chosen' | 'more-failed';

const columns: Column<SamplePerson>[] = [
  {
    key: 'name',
    header: 'Name',
    width: 'minmax(14rem, 2.2fr)',
    sortable: true,
    required: true,
    narrow: 'title',
    render: (p) => (
      <PersonCell name={p.name} link={<a href="#person">{p.name}</a>} muted={p.status === 'Deactivated'} />
    ),
  },
  {
    key: 'email',
    header: 'E-mail',
    width: 'minmax(12rem, 2fr)',
    sortable: true,
    narrow: 'subtitle',
    render: (p) => p.email,
  },
  {
    key: 'status',
    header: 'Status',
    width: '9.5rem',
    narrow: 'aside',
    render: (p) => <StatusBadge tone={p.tone} label={p.status} pending={p.pending} />,
  },
  { key: 'role', header: 'Role', width: '7.5rem', sortable: true, render: (p) => p.role },
  { key: 'groups', header: 'Groups', width: 'minmax(9rem, 1.2fr)', render: (p) => p.groups },
  {
    key: 'extension',
    header: 'Extension',
    width: '5.5rem',

    sortable: true,
    render: (p) => p.extension,
  },
  {
    key: 'lastSeen',
    header: 'Last seen',
    width: '8rem',
    sortable: true,
    render: (p) => <RelativeTime value={p.lastSeen} />,
  },
];

const problem = new Problem({
  status: 503,
  code: 'unavailable',
  title: 'The service is not available for a moment',
  detail: 'The database is restarting. Try again in a few seconds.',
  requestId: '0199c3d2-7a51-7c11-b1f0-2f4f8a3f9a10',
});
const total = 100_000;

export function TableScene({ mood }: { mood: TableMood }) {
  const everybody = useMemo(() => samplePeople(mood === 'empty' ? 0 : total), [mood]);
  const [loaded, setLoaded] = useState(mood === 'full' ? total : 200);
  const [loading, setLoading] = useState(false);
  const [sort, setSort] = useState<Sort>({ key: 'name', direction: 'asc' });
  const [hidden, setHidden] = useState<string[]>([]);
  const [search, setSearch] = useState('');
  const [status, setStatus] = useState<string[]>(['active', 'invited']);
  const selection = useSelection();
  const rows = useMemo(() => everybody.slice(0, loaded), [everybody, loaded]);
  const load = () => {
    setLoading(true);
    setTimeout(() => {
      setLoaded((n) => n + 200);
      setLoading(false);
    }, 300);
  };
  return (
    <Page
      title="Agents"
      count={mood === 'empty' ? 0 : total}
      layout="fill"
      actions={
        <>
          <Button variant="default">Import</Button>
          <Button>Add agent</Button>
        </>
      }
    >
      <FilterBar
        search={<SearchInput label="Search agents" value={search} onSearch={setSearch} />}
        filters={[
          {
            key: 'status',
            label: 'Status',
            values: status,
            options: [
              { value: 'active', label: 'Active', count: 61234 },
              { value: 'invited', label: 'Invited', count: 312 },
              { value: 'deactivated', label: 'Deactivated', count: 38454 },
            ],
          },
          {
            key: 'role',
            label: 'Role',
            values: [],
            options: [
              { value: 'administrator', label: 'Administrator' },
              { value: 'agent', label: 'Agent' },
            ],
          },
        ]}
        onChange={(key, values) => key === 'status' && setStatus(values)}
        onClear={() => setStatus([])}
        tools={<ColumnChooser columns={columns} hidden={hidden} onChange={setHidden} />}
      />
      <DataTable
        label="Agents"
        columns={columns}
        hidden={hidden}
        rows={rows}
        rowKey={(p) => p.id}
        rowLabel={(p) => p.name}
        status={mood === 'loading' ? 'loading' : mood === 'error' ? 'error' : 'ready'}
        error={problem}
        onRetry={() => undefined}
        total={mood === 'empty' ? 0 : total}
        more={{ has: loaded < total, loading, load, error: mood === 'more-failed' ? problem : undefined }}
        sort={sort}
        onSort={setSort}
        selection={selection}
        bulkActions={
          <>
            <Button variant="default">Add to group</Button>
            <Button variant="default">Deactivate</Button>
          </>
        }
        onOpen={(p) => {
          document.title = p.name;
        }}
        empty={
          <EmptyState
            icon={<IconUsers size={24} stroke={1.6} />}
            title="Nobody here yet"
            action={
              <>
                <Button variant="default">Import a file</Button>
                <Button>Add agent</Button>
              </>
            }
          >
            Add people one by one, or bring in everybody from a file.
          </EmptyState>
        }
      />
    </Page>
  );
}

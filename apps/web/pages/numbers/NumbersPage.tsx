import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { NumberView } from '@rollcall/contract/numbers';
import { IconPhone } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { stateOfList } from '../../api/state-of-list.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useAbility } from '../../session/me.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FilterBar } from '../../ui/FilterBar.tsx';
import { Page } from '../../ui/Page.tsx';
import { SearchInput } from '../../ui/SearchInput.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { columnsOfNumbers } from './number-columns.tsx';
import { numbersQuery } from './numbers-queries.ts';
import { type NumbersView, numberStates } from './numbers-view.ts';
import { usePhoneFormat } from './use-phone-format.ts';

const AddNumber = lazy(async () => ({ default: (await import('./AddNumber.tsx')).AddNumber }));
const EditNumber = lazy(async () => ({ default: (await import('./EditNumber.tsx')).EditNumber }));

const keyOf = (number: NumberView) => number.id;
const labelOf = (number: NumberView) => number.e164;

export function NumbersPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const write = usePhoneFormat();
  const navigate = useNavigate();
  const view = useSearch({ from: '/signed-in/settings/numbers' });
  const mayManage = useAbility('numbers:manage');
  const [adding, add] = useDisclosure(false);
  const [editing, setEditing] = useState<NumberView>();
  const list = useInfiniteQuery(numbersQuery(view));
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const columns = useMemo(() => columnsOfNumbers(t, format, write), [t, format, write]);
  const filtered = view.search !== undefined || view.state !== undefined;
  const show = (next: NumbersView) => void navigate({ to: '.', search: next as never, replace: true });
  const addButton = mayManage && <Button onClick={add.open}>{t('numbers.add')}</Button>;
  return (
    <Page title={t('nav.numbers')} intro={t('numbers.intro')} layout="fill" actions={addButton}>
      <FilterBar
        search={
          <SearchInput
            label={t('numbers.search')}
            value={view.search ?? ''}
            onSearch={(search) => show({ ...view, search: search || undefined })}
          />
        }
        filters={[
          {
            key: 'state',
            label: t('numbers.columns.state'),
            values: view.state ? [view.state] : [],
            options: numberStates.map((value) => ({ value, label: t(`numbers.state.${value}`) })),
          },
        ]}
        onChange={(_, values) => show({ ...view, state: values.at(-1) as NumbersView['state'] })}
        onClear={() => show({ search: view.search })}
      />
      <DataTable
        label={t('nav.numbers')}
        columns={columns}
        rows={rows}
        rowKey={keyOf}
        rowLabel={labelOf}
        {...stateOfList(list)}
        onOpen={mayManage ? setEditing : undefined}
        empty={
          <EmptyState
            icon={<IconPhone size={24} stroke={1.6} />}
            title={filtered ? t('numbers.empty.filtered') : t('numbers.empty.title')}
            action={
              filtered ? (
                <Button variant="default" onClick={() => show({})}>
                  {t('ui.clearFilters')}
                </Button>
              ) : (
                addButton
              )
            }
          >
            {filtered ? t('numbers.empty.filteredHint') : t('numbers.empty.hint')}
          </EmptyState>
        }
      />
      <Suspense>
        {adding && <AddNumber onClose={add.close} />}
        {editing && <EditNumber key={editing.id} number={editing} onClose={() => setEditing(undefined)} />}
      </Suspense>
    </Page>
  );
}

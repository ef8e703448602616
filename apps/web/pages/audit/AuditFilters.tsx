import { ActionIcon, Button, Menu, Select, Tooltip } from '@mantine/core';
import { type AuditAction, auditActionNames, auditTargetKinds } from '@rollcall/contract/audit-actions';
import { IconDownload } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { writeSearch } from '../../shell/search-params.ts';
import { FilterBar } from '../../ui/FilterBar.tsx';
import { PeriodFilter } from '../../ui/PeriodFilter.tsx';
import { SearchInput } from '../../ui/SearchInput.tsx';
import { PersonSelect } from '../agents/PersonSelect.tsx';
import classes from './Audit.module.css';
import { type AuditView, actorKinds, auditFilters, nothingFiltered } from './audit-view.ts';

interface AuditFiltersProps {
  view: AuditView;
  /** Names of the actor and target that are filtered by, where an event tells them. */
  names: { actor: string | undefined; target: string | undefined };
  onChange: (part: AuditView) => void;
}

/** Which events are shown, and the same as a file. */
export function AuditFilters({ view, names, onChange }: AuditFiltersProps) {
  const { t } = useTranslation();
  const [more, setMore] = useState(() => Boolean(view.action || view.actor || view.from || view.to));
  const actions = useMemo(() => {
    const groups = Map.groupBy(auditActionNames, (name) => name.slice(0, name.indexOf('.')));
    return [...groups].map(([group, names]) => ({
      group: t(`audit.group.${group}` as 'audit.group.user'),
      items: names
        .filter((value) => !view.action?.includes(value))
        .map((value) => ({ value: value as string, label: t(`auditActions.${value}`) })),
    }));
  }, [t, view.action]);
  const exported = writeSearch(auditFilters(view));
  return (
    <FilterBar
      search={
        <>
          <SearchInput
            label={t('audit.search')}
            value={view.text ?? ''}
            onSearch={(text) => onChange({ text: text || undefined })}
          />
          <Button
            variant="default"
            className={classes.toggle}
            aria-expanded={more}
            onClick={() => setMore(!more)}
          >
            {t('audit.more')}
          </Button>
          <span className={classes.filters} data-shown={more || undefined}>
            <Select
              aria-label={t('audit.columns.action')}
              placeholder={t(view.action ? 'audit.otherAction' : 'audit.anyAction')}
              data={actions}
              value={null}
              searchable
              className={classes.select}
              comboboxProps={{ width: 320, position: 'bottom-start' }}
              onChange={(chosen) =>
                chosen && onChange({ action: [...(view.action ?? []), chosen as AuditAction] })
              }
            />
            <PersonSelect
              label=""
              aria-label={t('audit.columns.actor')}
              placeholder={t('audit.anybody')}
              className={classes.select}
              status={['active', 'inactive']}
              value={view.actor ?? null}
              valueName={names.actor}
              onChange={(actor) => onChange({ actor: actor ?? undefined })}
            />
            <PeriodFilter value={view} onChange={({ from, to }) => onChange({ from, to })} />
          </span>
        </>
      }
      filters={[
        {
          key: 'kind',
          label: t('audit.columns.target'),
          values: view.kind ? [view.kind] : [],
          options: auditTargetKinds.map((value) => ({ value, label: t(`audit.kind.${value}`) })),
        },
        {
          key: 'actorKind',
          label: t('audit.actorKind.label'),
          values: view.actorKind ? [view.actorKind] : [],
          options: actorKinds.map((value) => ({ value, label: t(`audit.actorKind.${value}`) })),
        },
        ...(view.action
          ? [
              {
                key: 'action',
                label: t('audit.columns.action'),
                values: view.action as string[],
                options: view.action.map((value) => ({ value, label: t(`auditActions.${value}`) })),
              },
            ]
          : []),
        ...(view.target
          ? [
              {
                key: 'target',
                label: t('audit.about'),
                values: [view.target],
                options: [{ value: view.target, label: names.target ?? view.target.slice(0, 8) }],
              },
            ]
          : []),
      ]}
      onChange={(key, values) =>
        onChange({ [key]: key !== 'action' ? values.at(-1) : values.length > 0 ? values : undefined })
      }
      onClear={() => onChange(nothingFiltered)}
      tools={
        <Menu position="bottom-end">
          <Tooltip label={t('audit.export.title')}>
            <Menu.Target>
              <ActionIcon variant="default" size={32} aria-label={t('audit.export.title')}>
                <IconDownload size={16} stroke={1.8} />
              </ActionIcon>
            </Menu.Target>
          </Tooltip>
          <Menu.Dropdown>
            {(['csv', 'jsonl'] as const).map((format) => (
              <Menu.Item
                key={format}
                component="a"
                download
                href={`/api/v1/audit/export${exported || '?'}${exported ? '&' : ''}format=${format}`}
              >
                {t(`audit.export.${format}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      }
    />
  );
}

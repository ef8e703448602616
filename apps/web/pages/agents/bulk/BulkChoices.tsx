import { Select } from '@mantine/core';
import type { BulkActionKind } from '@rollcall/contract/operations';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { groupChoicesQuery, rolesQuery } from '../agents-queries.ts';
import { PersonSelect } from '../PersonSelect.tsx';
import { roleText } from '../role-text.ts';
import type { Parameters } from './bulk-request.ts';

interface BulkChoicesProps {
  kind: BulkActionKind;
  parameters: Parameters;
  onChange: (parameters: Parameters) => void;
}

/** What an action needs to know before it can say what it will do. */
export function BulkChoices({ kind, parameters, onChange }: BulkChoicesProps) {
  const { t } = useTranslation();
  const groups = useQuery(groupChoicesQuery);
  const roles = useQuery(rolesQuery);
  const options = (items: { id: string; name: string }[] = []) =>
    items.map(({ id, name }) => ({ value: id, label: name }));
  switch (kind) {
    case 'add_to_group':
    case 'remove_from_group':
      return (
        <Select
          data-autofocus
          searchable
          label={t('agents.columns.group')}
          placeholder={t('agents.bulk.chooseGroup')}
          data={options(groups.data)}
          value={parameters.groupId ?? null}
          onChange={(groupId) => onChange({ groupId: groupId ?? undefined })}
        />
      );
    case 'change_role':
    case 'reactivate': {
      const role = roles.data?.find((one) => one.id === parameters.role);
      return (
        <Select
          data-autofocus
          label={t('agents.columns.role')}
          placeholder={t('agents.bulk.chooseRole')}
          description={roleText(role, t)}
          data={options(roles.data)}
          value={parameters.role ?? null}
          onChange={(chosen) => onChange({ role: chosen ?? undefined })}
        />
      );
    }
    case 'deactivate':
      return (
        <PersonSelect
          label={t('agents.successor.label')}
          description={t('agents.successor.help')}
          value={parameters.successorId ?? null}
          onChange={(successorId) => onChange({ successorId })}
        />
      );
    default:
      return null;
  }
}

import type { NumberView } from '@rollcall/contract/numbers';
import type { TFunction } from 'i18next';
import type { Format } from '../../i18n/use-format.ts';
import { paths } from '../../paths.ts';
import { RouteLink } from '../../shell/RouteLink.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import type { Column } from '../../ui/table/columns.ts';

function Holder({ number, t }: { number: NumberView; t: TFunction }) {
  if (number.user) return <RouteLink href={paths.agent(number.user.id)}>{number.user.name}</RouteLink>;
  if (number.group) return <RouteLink href={paths.group(number.group.id)}>{number.group.name}</RouteLink>;
  return <StatusBadge tone="idle" pending label={t('numbers.state.free')} />;
}

const kindOf = (number: NumberView) => (number.user ? 'user' : number.group ? 'group' : undefined);

export function columnsOfNumbers(
  t: TFunction,
  format: Format,
  write: (e164: string) => string,
): Column<NumberView>[] {
  return [
    {
      key: 'e164',
      header: t('numbers.columns.number'),
      width: 'minmax(10rem, 1fr)',
      required: true,
      narrow: 'title',
      render: (number) => <span className="rc-numbers">{write(number.e164)}</span>,
    },
    {
      key: 'label',
      header: t('numbers.columns.label'),
      width: 'minmax(10rem, 1.4fr)',
      narrow: 'subtitle',
      render: (number) => number.label || '–',
    },
    {
      key: 'holder',
      header: t('numbers.columns.holder'),
      width: 'minmax(10rem, 1.2fr)',
      narrow: 'aside',
      render: (number) => <Holder number={number} t={t} />,
    },
    {
      key: 'kind',
      header: t('numbers.columns.kind'),
      width: '6rem',
      render: (number) => {
        const kind = kindOf(number);
        return kind ? t(`numbers.kind.${kind}`) : '–';
      },
    },
    {
      key: 'defaultOf',
      header: t('numbers.columns.defaultOf'),
      width: '7.5rem',
      align: 'end',
      render: (number) => (number.defaultOf > 0 ? format.number(number.defaultOf) : '–'),
    },
    {
      key: 'createdAt',
      header: t('numbers.columns.createdAt'),
      width: '7rem',
      render: (number) => format.date(number.createdAt),
    },
  ];
}

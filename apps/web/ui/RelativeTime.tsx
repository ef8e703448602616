import { useFormat } from '../i18n/use-format.ts';
import { useNow } from './use-now.ts';

interface RelativeTimeProps {
  /** ISO 8601. */
  value: string;
  /** The exact time written out behind it, where it is evidence. */
  exact?: boolean;
}

/** "3 minutes ago", with the exact time as its title and in the markup. */
export function RelativeTime({ value, exact = false }: RelativeTimeProps) {
  const format = useFormat();
  const now = useNow();
  return (
    <time
      dateTime={value}
      title={format.exact(value)}
      className="rc-numbers"
      style={{ whiteSpace: 'nowrap' }}
    >
      {exact ? `${format.dateTime(value)} (${format.relative(value, now)})` : format.relative(value, now)}
    </time>
  );
}

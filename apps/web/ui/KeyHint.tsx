import { Kbd } from '@mantine/core';

/** Keys that do the same as the control beside it: `<KeyHint keys={['Shift', 'A']} />`. */
export function KeyHint({ keys }: { keys: string[] }) {
  return (
    <span aria-hidden="true" style={{ display: 'inline-flex', gap: 3 }}>
      {keys.map((key) => (
        <Kbd key={key}>{key}</Kbd>
      ))}
    </span>
  );
}

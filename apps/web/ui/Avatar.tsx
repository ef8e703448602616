import classes from './Avatar.module.css';

interface AvatarProps {
  /** The whole name; at most two initials are taken from it. */
  name: string;
  size?: number;
  /** Not in use any more: drawn hollow. */
  muted?: boolean;
}

/** First letter of the first and of the last word, by grapheme so that no letter is cut in two. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = (word: string | undefined): string => {
    const [segment] = word ? new Intl.Segmenter().segment(word) : [];
    return segment?.segment.toLocaleUpperCase() ?? '';
  };
  return words.length > 1 ? first(words[0]) + first(words.at(-1)) : first(words[0]);
}

/** Decoration beside a name that is there as text, hence hidden from screen readers. */
export function Avatar({ name, size = 24, muted = false }: AvatarProps) {
  return (
    <span
      className={classes.avatar}
      data-muted={muted || undefined}
      style={{ width: size, height: size, fontSize: Math.max(10, size * 0.4) }}
      aria-hidden="true"
    >
      {initialsOf(name)}
    </span>
  );
}

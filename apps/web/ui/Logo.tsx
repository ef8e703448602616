interface LogoProps {
  size?: number;
  /** With the word beside the mark. */
  word?: boolean;
}

/** The mark: a roll of three, and the one who was called. */
export function Logo({ size = 24, word = false }: LogoProps) {
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: size * 0.4 }}>
      <svg width={size} height={size} viewBox="0 0 24 24" role="img" aria-label="Rollcall">
        <rect width="24" height="24" rx="6" fill="var(--mantine-primary-color-filled)" />
        <g fill="#fff">
          <g opacity="0.6">
            <circle cx="7" cy="7" r="1.6" />
            <rect x="10.4" y="6" width="6.4" height="2" rx="1" />
            <circle cx="7" cy="17" r="1.6" />
            <rect x="10.4" y="16" width="5" height="2" rx="1" />
          </g>
          <circle cx="7" cy="12" r="2.1" />
          <rect x="10.4" y="10.8" width="8.4" height="2.4" rx="1.2" />
        </g>
      </svg>
      {word && (
        <span aria-hidden="true" style={{ fontSize: size * 0.66, fontWeight: 640, letterSpacing: '-0.02em' }}>
          Rollcall
        </span>
      )}
    </span>
  );
}

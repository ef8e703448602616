import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/**
 * The one place where Rollcall's look is decided.
 *
 * Paper-warm neutrals, one accent (cobalt), and four signal hues that only ever appear as a dot or a line
 * beside a word. Components use the `--rc-*` variables at the bottom and never a raw colour; every pair of
 * text and ground there has a contrast of at least 4.5, every control's edge at least 3 (WCAG 2.2 AA).
 */
const cobalt: MantineColorsTuple = [
  '#eef2fd',
  '#dfe7fb',
  '#bccbf6',
  '#9db3f3',
  '#7896ec',
  '#5475e0',
  '#3559cf',
  '#2a49b3',
  '#213a91',
  '#192d71',
];
const stone: MantineColorsTuple = [
  '#faf9f7',
  '#f4f3f0',
  '#ebe9e5',
  '#dfddd7',
  '#c9c6be',
  '#96928a',
  '#726e67',
  '#5c5953',
  '#3b3935',
  '#1c1b19',
];
const night: MantineColorsTuple = [
  '#edebe6',
  '#cfccc5',
  '#a8a49c',
  '#757169',
  '#3b3a36',
  '#2b2a28',
  '#232221',
  '#191918',
  '#131312',
  '#0d0d0c',
];
const brick: MantineColorsTuple = [
  '#fdf0ee',
  '#fadfdb',
  '#f4bdb6',
  '#f0a196',
  '#e5796b',
  '#d6503f',
  '#bf3726',
  '#a02b1d',
  '#82231a',
  '#641b14',
];

const mono = "ui-monospace, 'SF Mono', 'Cascadia Mono', 'JetBrains Mono', Menlo, Consolas, monospace";
const sans = "'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";

const size = (px: number): string => `${px / 16}rem`;

export const theme = createTheme({
  primaryColor: 'cobalt',
  primaryShade: { light: 6, dark: 6 },
  colors: { cobalt, gray: stone, dark: night, red: brick },
  black: stone[9],
  fontFamily: sans,
  fontFamilyMonospace: mono,
  fontSizes: { xs: size(12), sm: size(13), md: size(14), lg: size(16), xl: size(20) },
  lineHeights: { xs: '1.35', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.3' },
  headings: {
    fontFamily: sans,
    fontWeight: '600',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: size(20), lineHeight: '1.3' },
      h2: { fontSize: size(15), lineHeight: '1.4' },
      h3: { fontSize: size(14), lineHeight: '1.45' },
    },
  },
  spacing: { xs: size(8), sm: size(12), md: size(16), lg: size(24), xl: size(40) },
  radius: { xs: size(4), sm: size(6), md: size(8), lg: size(12), xl: size(16) },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  shadows: {
    xs: '0 1px 2px rgb(28 27 25 / 6%)',
    sm: '0 1px 3px rgb(28 27 25 / 8%), 0 1px 2px rgb(28 27 25 / 5%)',
    md: '0 6px 20px -4px rgb(28 27 25 / 14%), 0 2px 6px rgb(28 27 25 / 6%)',
    lg: '0 16px 40px -8px rgb(28 27 25 / 20%), 0 4px 12px rgb(28 27 25 / 8%)',
    xl: '0 28px 64px -12px rgb(28 27 25 / 26%)',
  },
  components: {
    Button: {
      vars: (_: unknown, props: { size?: string }) =>
        props.size === undefined || props.size === 'sm'
          ? { root: { '--button-height': size(32), '--button-padding-x': size(12), '--button-fz': size(13) } }
          : { root: {} },
      styles: { root: { fontWeight: 550 } },
    },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Input: {
      vars: (_: unknown, props: { size?: string }) =>
        props.size === undefined || props.size === 'sm'
          ? {
              wrapper: {
                '--input-height': size(34),
                '--input-fz': size(14),
              },
            }
          : { wrapper: {} },
    },
    InputWrapper: {
      styles: {
        label: { fontSize: size(13), fontWeight: 550, marginBottom: size(5) },
        description: { fontSize: size(12.5), color: 'var(--rc-text-quiet)' },
        error: { fontSize: size(12.5) },
      },
    },
    Checkbox: { defaultProps: { size: 'xs' } },
    Modal: {
      defaultProps: { centered: true, radius: 'md', padding: 'lg', overlayProps: { backgroundOpacity: 0.4 } },
      styles: { title: { fontSize: size(16), fontWeight: 600 } },
    },
    Drawer: { defaultProps: { position: 'right', overlayProps: { backgroundOpacity: 0.3 } } },
    Menu: {
      // In place and not in a portal: a portal stands outside every landmark, and its focus holder is no menu item.
      defaultProps: {
        shadow: 'md',
        radius: 'md',
        offset: 4,
        withinPortal: false,
        withInitialFocusPlaceholder: false,
      },
    },
    // In place, as menus are; and the list itself scrolls, since a wrapper that scrolls wants the focus for itself.
    Select: {
      defaultProps: { comboboxProps: { withinPortal: false }, withScrollArea: false },
      styles: { options: { maxHeight: size(220), overflowY: 'auto' } },
    },
    Popover: { defaultProps: { shadow: 'md', radius: 'md' } },
    Tooltip: { defaultProps: { openDelay: 400, fz: 'xs', withArrow: false } },
    Paper: { defaultProps: { radius: 'md' } },
    Kbd: { defaultProps: { size: 'xs' } },
  },
});

/** Light and dark are designed separately: dark is not light turned over, its accent and signals are lifted. */
const light: Record<string, string> = {
  '--rc-canvas': stone[1],
  '--rc-surface': '#ffffff',
  '--rc-hover': '#f7f6f3',
  '--rc-selected': cobalt[0],
  '--rc-border': '#e6e4de',
  '--rc-border-control': '#d3d0c8',
  '--rc-border-strong': stone[5],
  '--rc-field': '#ffffff',
  '--rc-text': stone[9],
  '--rc-text-quiet': stone[7],
  '--rc-text-faint': stone[6],
  '--rc-accent': cobalt[6],
  '--rc-accent-text': cobalt[6],
  '--rc-accent-soft': cobalt[1],
  '--rc-good': '#1d8a55',
  '--rc-good-text': '#17693f',
  '--rc-good-soft': '#e5f3ea',
  '--rc-warn': '#c27a0a',
  '--rc-warn-text': '#7d4c00',
  '--rc-warn-soft': '#fbf0dc',
  '--rc-bad': brick[5],
  '--rc-bad-text': brick[7],
  '--rc-bad-soft': brick[0],
  '--rc-idle': '#8c887f',
  '--rc-idle-soft': stone[2],
  '--rc-skeleton': stone[2],
};

const dark: Record<string, string> = {
  '--rc-canvas': night[8],
  '--rc-surface': night[7],
  '--rc-hover': '#201f1e',
  '--rc-selected': '#1c2440',
  '--rc-border': '#2d2c29',
  '--rc-border-control': '#43413d',
  '--rc-border-strong': '#74706a',
  '--rc-field': '#141413',
  '--rc-text': night[0],
  '--rc-text-quiet': night[2],
  '--rc-text-faint': '#97938b',
  '--rc-accent': cobalt[5],
  '--rc-accent-text': cobalt[3],
  '--rc-accent-soft': '#222d52',
  '--rc-good': '#4cb782',
  '--rc-good-text': '#7bd0a4',
  '--rc-good-soft': '#16291f',
  '--rc-warn': '#e0a03c',
  '--rc-warn-text': '#ebbd70',
  '--rc-warn-soft': '#2e2413',
  '--rc-bad': '#e8705f',
  '--rc-bad-text': '#f29a8d',
  '--rc-bad-soft': '#351915',
  '--rc-idle': '#8c887f',
  '--rc-idle-soft': night[5],
  '--rc-skeleton': night[5],
};

/** Hands our variables to Mantine's own, so that every Mantine component follows them. */
function mantineFrom(tokens: Record<string, string>): Record<string, string> {
  return {
    ...tokens,
    '--mantine-color-body': 'var(--rc-surface)',
    '--mantine-color-text': 'var(--rc-text)',
    '--mantine-color-dimmed': 'var(--rc-text-quiet)',
    '--mantine-color-placeholder': 'var(--rc-text-faint)',
    '--mantine-color-anchor': 'var(--rc-accent-text)',
    '--mantine-color-error': 'var(--rc-bad-text)',
    '--mantine-color-default': 'var(--rc-surface)',
    '--mantine-color-default-hover': 'var(--rc-hover)',
    '--mantine-color-default-color': 'var(--rc-text)',
    '--mantine-color-default-border': 'var(--rc-border-control)',
  };
}

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {
    '--rc-row': size(40),
    '--rc-row-narrow': size(60),
    '--rc-sidebar': size(232),
    '--rc-focus': '0 0 0 2px var(--rc-surface), 0 0 0 4px var(--rc-accent)',
  },
  light: mantineFrom(light),
  dark: mantineFrom(dark),
});

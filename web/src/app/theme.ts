import { Badge, type CSSVariablesResolver, createTheme, DEFAULT_THEME } from '@mantine/core';

export const theme = createTheme({
  primaryColor: 'cyan',
  primaryShade: 9,
  autoContrast: true,
  luminanceThreshold: 0.3,
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans CJK KR', sans-serif",
  components: { Badge: Badge.extend({ defaultProps: { tt: 'none', style: { flexShrink: 0 } } }) },
});

const eachColour = (name: string, value: (colour: string) => string): Record<string, string> =>
  Object.fromEntries(
    Object.keys(DEFAULT_THEME.colors).map((colour) => [`--mantine-color-${colour}-${name}`, value(colour)]),
  );
const darkened = (colour: string): string =>
  `color-mix(in srgb, var(--mantine-color-${colour}-9), black 35%)`;

/** Where Mantine's own colours have less than 4.5 : 1 (WCAG 1.4.3): coloured text on its own light ground, and quiet text. */
export const readable: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-error': darkened('red'),
    ...eachColour('light-color', darkened),
    ...eachColour('outline', darkened),
  },
  dark: {
    '--mantine-color-dimmed': 'var(--mantine-color-dark-1)',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
  },
});

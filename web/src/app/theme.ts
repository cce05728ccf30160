import { createTheme } from '@mantine/core';

/** Chosen so that text on filled buttons and coloured text on the page have 4.5 : 1 in both schemes (WCAG 1.4.3). */
export const theme = createTheme({
  primaryColor: 'cyan',
  primaryShade: 9,
  autoContrast: true,
  luminanceThreshold: 0.3,
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans CJK KR', sans-serif",
});

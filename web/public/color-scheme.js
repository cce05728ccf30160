// Before the first paint, so that a dark page never flashes white. Mantine keeps the choice under this key.
(() => {
  let chosen = 'auto';
  try {
    chosen = localStorage.getItem('mantine-color-scheme-value') ?? 'auto';
  } catch {
    // Storage may be closed to us: then the system's choice counts.
  }
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.setAttribute(
    'data-mantine-color-scheme',
    chosen === 'dark' || (chosen === 'auto' && dark) ? 'dark' : 'light',
  );
})();

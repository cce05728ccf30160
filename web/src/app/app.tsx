import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from 'react-router';
import { styleNonce } from './nonce.js';
import { queries } from './queries.js';
import { router } from './router.js';
import { readable, theme } from './theme.js';
import { Told } from './told.js';

export function App() {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
      cssVariablesResolver={readable}
    >
      <QueryClientProvider client={queries}>
        <Told />
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}

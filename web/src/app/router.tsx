import { createBrowserRouter, type RouteObject } from 'react-router';
import { areas } from '../pages/areas.js';
import type { PageEntry } from './area.js';
import { Frame } from './frame.js';
import { Gate } from './gate.js';
import { NotFound } from './not-found.js';
import { PageFailed } from './page-failed.js';

const routeOf = (page: PageEntry): RouteObject => ({
  path: page.path,
  lazy: async () => {
    const { default: Page } = await page.load();
    return {
      element: (
        <Gate page={page}>
          <Page />
        </Gate>
      ),
    };
  },
});

const pages = areas.flatMap((area) => area.pages);

export const router = createBrowserRouter([
  {
    ErrorBoundary: PageFailed,
    HydrateFallback: () => null,
    children: [
      ...pages.filter((page) => page.bare === true).map(routeOf),
      {
        Component: Frame,
        children: [
          {
            ErrorBoundary: PageFailed,
            children: [
              ...pages.filter((page) => page.bare !== true).map(routeOf),
              { path: '*', Component: NotFound },
            ],
          },
        ],
      },
    ],
  },
]);

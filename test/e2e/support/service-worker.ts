import type { Page } from 'playwright-core';

/** The browser's own service worker of our pages, which a push message reaches while no page is open. */
export interface PushedWorker {
  /** As a push service's message comes to the browser. */
  deliver(message: string): Promise<void>;
  /** What the browser tells its user of it. */
  notified(): Promise<string>;
}

interface Registration {
  readonly registrationId: string;
  readonly scopeURL: string;
  readonly isDeleted: boolean;
}

/** On a page of ours, before it is left. */
export async function pushedTo(page: Page): Promise<PushedWorker> {
  const { origin } = new URL(page.url());
  const session = await page.context().newCDPSession(page);
  const known = new Promise<string>((resolve) => {
    session.on(
      'ServiceWorker.workerRegistrationUpdated',
      ({ registrations }: { registrations: Registration[] }) => {
        const [ours] = registrations.filter(
          ({ scopeURL, isDeleted }) => !isDeleted && scopeURL.startsWith(origin),
        );
        if (ours !== undefined) resolve(ours.registrationId);
      },
    );
  });
  await session.send('ServiceWorker.enable');
  const registrationId = await known;
  const worker = page
    .context()
    .serviceWorkers()
    .find((one) => one.url().startsWith(origin));
  if (worker === undefined) throw new Error('the pages have no service worker');
  return {
    deliver: async (message) => {
      await session.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data: message });
    },
    notified: () =>
      worker.evaluate(`new Promise((resolve) => {
        const look = () => registration.getNotifications().then(([one]) => one === undefined ? setTimeout(look, 20) : resolve(one.body));
        look();
      })`) as Promise<string>,
  };
}

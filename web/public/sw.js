// Shows calls while no page of ours is open, and brings the telephone to the front. It keeps no copy of pages: they are asked anew.
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('push', (event) => {
  const { callId, from } = event.data?.json() ?? {};
  const shown = self.clients.matchAll({ type: 'window' }).then((pages) => {
    // A page that is looked at rings by itself.
    if (pages.some((page) => page.visibilityState === 'visible')) return undefined;
    return self.registration.showNotification('Anydial', {
      body: `\u{1F4DE} ${from ?? ''}`,
      tag: callId,
      icon: '/icon.svg',
      requireInteraction: true,
    });
  });
  event.waitUntil(shown);
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const open = self.clients.matchAll({ type: 'window' }).then((pages) => {
    const page = pages.find(({ url }) => new URL(url).pathname.startsWith('/phone')) ?? pages[0];
    return page === undefined ? self.clients.openWindow('/phone') : page.focus();
  });
  event.waitUntil(open);
});

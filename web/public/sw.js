// Shows calls while no page of ours is open, and brings the telephone to the front. It keeps no copy of pages, which are asked for anew, but
// one that says that there is no connection. A new version of this file takes over at once: a telephone must not wait for all tabs to close.
const KEPT = 'anydial-1';
const OFFLINE = '/offline.html';

self.addEventListener('install', (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(KEPT).then((cache) => cache.add(new Request(OFFLINE, { cache: 'reload' }))));
});

self.addEventListener('activate', (event) => {
  const old = caches
    .keys()
    .then((names) => Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name))));
  event.waitUntil(Promise.all([old, self.clients.claim()]));
});

self.addEventListener('fetch', (event) => {
  if (event.request.mode !== 'navigate') return;
  event.respondWith(
    fetch(event.request).catch(() => caches.match(OFFLINE).then((page) => page ?? Response.error())),
  );
});

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
    const phone = pages.find(({ url }) => new URL(url).pathname.startsWith('/phone'));
    return phone === undefined ? self.clients.openWindow('/phone') : phone.focus();
  });
  event.waitUntil(open);
});

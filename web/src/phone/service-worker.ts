/** Installs the pages' service worker: what makes them installable, tells of calls, and says when there is no connection. */
export function installServiceWorker(): void {
  if ('serviceWorker' in navigator) void navigator.serviceWorker.register('/sw.js').catch(() => undefined);
}

/** Who carries push messages to browsers. We post to these hosts only: the address comes from whoever subscribes. */
export const PUSH_SERVICES: readonly string[] = [
  'fcm.googleapis.com',
  'updates.push.services.mozilla.com',
  'web.push.apple.com',
  'notify.windows.com',
];

/** Whether an endpoint is on such a host, or below it; `services` may name an origin (`http://127.0.0.1:4000`) for tests. */
export function isPushService(endpoint: string, services: readonly string[] = PUSH_SERVICES): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, hostname, origin, port, username } = new URL(endpoint);
  if (username !== '') return false;
  return services.some(
    (one) =>
      origin === one ||
      (protocol === 'https:' && port === '' && (hostname === one || hostname.endsWith(`.${one}`))),
  );
}

/** Who carries push messages to browsers. We post to these hosts only: the address comes from whoever subscribes. */
export const PUSH_SERVICES: readonly string[] = [
  'fcm.googleapis.com',
  'updates.push.services.mozilla.com',
  'web.push.apple.com',
  'notify.windows.com',
];

/** Whether an endpoint is on such a host, or below it, or of one of the other origins (`https://push.example.com`). */
export function isPushService(endpoint: string, others: readonly string[] = []): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, hostname, origin, port, username } = new URL(endpoint);
  if (username !== '') return false;
  return [...PUSH_SERVICES, ...others].some(
    (one) =>
      origin === one ||
      (protocol === 'https:' && port === '' && (hostname === one || hostname.endsWith(`.${one}`))),
  );
}

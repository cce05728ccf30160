/** Whether a page is on a domain, or below it. `URL` has its host in lower case and as A-labels, as domains are kept. */
export const isOnDomain = ({ hostname, protocol }: URL, domain: string): boolean =>
  (protocol === 'https:' || protocol === 'http:') && (hostname === domain || hostname.endsWith(`.${domain}`));

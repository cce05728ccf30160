/** What became of looking for the SIP service of a foreign address (RFC 3263). */
export type UriService =
  | {
      readonly kind: 'found';
      /** IPv4 or IPv6 address literal that the call goes to, checked against what may be called. */
      readonly address: string;
      readonly port: number;
      readonly transport: 'udp' | 'tcp' | 'tls';
    }
  /** `none`: nothing answers SIP there. `forbidden`: it leads to an address that may not be called. `timeout`: the DNS did not answer. */
  | { readonly kind: 'none' | 'forbidden' | 'timeout' };

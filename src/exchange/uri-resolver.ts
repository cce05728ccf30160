import type { NaptrRecord, SrvRecord } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { isIPv4 } from 'node:net';
import { withDeadline } from '../kernel/deadline.js';
import type { UriReading } from '../numbering/index.js';
import type { UriService } from './domain/uri-service.js';
import { isPublicAddress } from './public-address.js';

/** What is asked of the DNS. */
export interface Dns {
  resolveNaptr(name: string): Promise<readonly NaptrRecord[]>;
  resolveSrv(name: string): Promise<readonly SrvRecord[]>;
  resolve4(name: string): Promise<readonly string[]>;
}

type Transport = Extract<UriService, { kind: 'found' }>['transport'];

const DEADLINE_MS = 2_000;
/**
 * These name servers, else the system's. Each question once, with half of the time: the first server may be deaf.
 * @param servers addresses with or without a port.
 */
export function dnsOn(servers?: readonly string[]): Dns {
  const resolver = new Resolver({ timeout: DEADLINE_MS / 2, tries: 1 });
  if (servers !== undefined) resolver.setServers(servers);
  return resolver;
}

/**
 * Finds the SIP service of an address by RFC 3263: NAPTR, then SRV; an address with a port of its own is asked for itself.
 * A domain without either has no SIP service that it speaks of, and gets no call. IPv4 only, as our transports.
 */
export class UriResolver {
  constructor(
    private readonly dns: Dns,
    /** Addresses of this network may be called, too. */
    private readonly privateAllowed: () => boolean,
  ) {}

  /** Never rejects. */
  async resolve({ uri, host }: UriReading): Promise<UriService> {
    const secure = uri.startsWith('sips:');
    const port = /:(\d{1,5})$/.exec(uri.slice(uri.lastIndexOf('@') + 1))?.[1];
    try {
      return await withDeadline(
        this.find(host, port === undefined ? undefined : Number(port), secure),
        DEADLINE_MS,
      );
    } catch {
      return { kind: 'timeout' };
    }
  }

  private async find(host: string, port: number | undefined, secure: boolean): Promise<UriService> {
    if (port !== undefined || isIPv4(host)) {
      const transport = secure ? 'tls' : 'udp';
      return this.at(host, port ?? (secure ? 5061 : 5060), transport);
    }
    const services = await this.services(host, secure);
    for (const { name, transport } of services) {
      const records = await orNothing(this.dns.resolveSrv(name));
      const [best] = records.toSorted((a, b) => a.priority - b.priority || b.weight - a.weight);
      // A target of "." says that the service is not there (RFC 2782).
      if (best !== undefined && best.name !== '' && best.name !== '.')
        return this.at(best.name, best.port, transport);
    }
    return { kind: 'none' };
  }

  /** SRV names to try, in the order that the domain prefers. */
  private async services(host: string, secure: boolean): Promise<readonly Service[]> {
    const told = (await orNothing(this.dns.resolveNaptr(host)))
      .filter(({ flags }) => flags.toLowerCase() === 's')
      .toSorted((a, b) => a.order - b.order || a.preference - b.preference)
      .flatMap(({ service, replacement }) => {
        const transport = BY_NAPTR[service.toUpperCase()];
        return transport === undefined || (secure && transport !== 'tls')
          ? []
          : [{ name: replacement, transport }];
      });
    if (told.length > 0) return told;
    return USUAL.filter(({ transport }) => !secure || transport === 'tls').map(({ prefix, transport }) => ({
      name: `${prefix}.${host}`,
      transport,
    }));
  }

  private async at(name: string, port: number, transport: Transport): Promise<UriService> {
    const addresses = isIPv4(name) ? [name] : await orNothing(this.dns.resolve4(name));
    const address = addresses.find((one) => this.privateAllowed() || isPublicAddress(one));
    if (address !== undefined) return { kind: 'found', address, port, transport };
    return { kind: addresses.length === 0 ? 'none' : 'forbidden' };
  }
}

interface Service {
  readonly name: string;
  readonly transport: Transport;
}

const BY_NAPTR: Readonly<Record<string, Transport>> = {
  'SIP+D2U': 'udp',
  'SIP+D2T': 'tcp',
  'SIPS+D2T': 'tls',
};

const USUAL: readonly { readonly prefix: string; readonly transport: Transport }[] = [
  { prefix: '_sip._udp', transport: 'udp' },
  { prefix: '_sip._tcp', transport: 'tcp' },
  { prefix: '_sips._tcp', transport: 'tls' },
];

/** No such name and no such record are answers: nothing is there. Everything else is the DNS being away. */
async function orNothing<T>(asked: Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await asked;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'ENOTFOUND' || code === 'ENODATA') return [];
    throw error;
  }
}

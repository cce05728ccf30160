import { BlockList, isIP } from 'node:net';

/** Addresses and networks that no ban may name. */
export interface Neverbanned {
  includes(address: string): boolean;
}

/** From texts like `192.0.2.7` and `192.0.2.0/24`; what is no address (a trunk's host name) is left out. */
export function neverBanned(networks: Iterable<string>): Neverbanned {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIP(address);
    if (family === 0) continue;
    list.addSubnet(address, Number(bits ?? (family === 4 ? 32 : 128)), family === 4 ? 'ipv4' : 'ipv6');
  }
  return {
    includes: (text) => {
      const address = text.split('/')[0] ?? '';
      const family = isIP(address);
      return family !== 0 && list.check(address, family === 4 ? 'ipv4' : 'ipv6');
    },
  };
}

import { BlockList, isIPv4 } from 'node:net';

/** IANA's IPv4 special-purpose registry, what is not reachable by everybody; multicast and reserved space (RFC 6890, 1112). */
const SPECIAL = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

const special = new BlockList();
for (const network of SPECIAL) {
  const [address = '', bits] = network.split('/');
  special.addSubnet(address, Number(bits), 'ipv4');
}

/** Whether an IPv4 address is one of the public internet: what strangers' names may lead us to (server-side request forgery). */
export const isPublicAddress = (address: string): boolean =>
  isIPv4(address) && !special.check(address, 'ipv4');

import type { Region } from './region.js';

/**
 * Emergency and free short codes per country: `code service, …`, the main emergency code first.
 */
export const EMERGENCY_TABLE: Readonly<Record<Region, string>> = {
  KR: '119 fire, 112 police, 111 public-service, 113 police, 118 public-service, 122 coastguard, 125 public-service, 128 public-service, 182 police, 1330 public-service, 1345 public-service, 1366 helpline, 1393 helpline, 1398 helpline',
  US: '911 emergency, 988 helpline, 211 public-service, 311 public-service, 411 public-service, 511 public-service, 611 public-service, 711 deaf, 811 public-service, 933 public-service',
  CA: '911 emergency, 988 helpline, 211 public-service, 311 public-service, 511 public-service, 711 deaf, 811 public-service',
  JP: '110 police, 119 fire, 118 coastguard, 171 public-service, 188 public-service, 189 helpline',
  DE: '112 emergency, 110 police, 115 public-service, 116117 public-service, 116111 helpline, 116000 helpline, 116006 helpline, 116123 helpline, 116116 public-service',
  GB: '999 emergency, 112 emergency, 101 police, 111 public-service, 105 public-service, 116000 helpline, 116111 helpline, 116123 helpline, 18000 deaf',
};

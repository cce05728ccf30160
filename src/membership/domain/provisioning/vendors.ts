import { ciscoAta, ciscoMpp } from './cisco.js';
import { fanvil } from './fanvil.js';
import { grandstream, grandstreamHt } from './grandstream.js';
import type { PhoneSettings } from './phone-settings.js';
import { poly, polyMaster, polySettingsFile } from './poly.js';
import { snom } from './snom.js';
import { yealink } from './yealink.js';

export interface Vendor {
  readonly name: string;
  readonly kind: 'phone' | 'ata';
  /** What the phone asks for, below the URL that it was given. */
  readonly file: (mac: string) => string;
  readonly type: 'text/plain' | 'text/xml';
  readonly settings: (phone: PhoneSettings) => string;
  /** A file that only names the other one: without a secret, given out as often as it is asked for. */
  readonly master?: { readonly file: (mac: string) => string; readonly text: (mac: string) => string };
}

const cfg = (mac: string): string => `${mac}.cfg`;
const gsXml = (mac: string): string => `cfg${mac}.xml`;
const macXml = (mac: string): string => `${mac}.xml`;

/** Whose configuration files we write. None of them is proven on the vendor's phone yet: the formats are, by their documents. */
export const vendors = {
  yealink: {
    name: 'Yealink T and W series',
    kind: 'phone',
    file: cfg,
    type: 'text/plain',
    settings: yealink,
  },
  grandstream: {
    name: 'Grandstream GXP and GRP series',
    kind: 'phone',
    file: gsXml,
    type: 'text/xml',
    settings: grandstream,
  },
  'grandstream-ht': {
    name: 'Grandstream HT801, HT802',
    kind: 'ata',
    file: gsXml,
    type: 'text/xml',
    settings: grandstreamHt,
  },
  poly: {
    name: 'Poly (Polycom) VVX and Edge',
    kind: 'phone',
    file: polySettingsFile,
    type: 'text/xml',
    settings: poly,
    master: { file: cfg, text: polyMaster },
  },
  'cisco-mpp': {
    name: 'Cisco 6800, 7800, 8800 (Multiplatform), SPA 5xx',
    kind: 'phone',
    file: macXml,
    type: 'text/xml',
    settings: ciscoMpp,
  },
  'cisco-ata': {
    name: 'Cisco ATA 191, 192, SPA 112, 122',
    kind: 'ata',
    file: macXml,
    type: 'text/xml',
    settings: ciscoAta,
  },
  snom: { name: 'snom D series', kind: 'phone', file: macXml, type: 'text/xml', settings: snom },
  fanvil: { name: 'Fanvil X and V series', kind: 'phone', file: cfg, type: 'text/plain', settings: fanvil },
} as const satisfies Readonly<Record<string, Vendor>>;

export type VendorName = keyof typeof vendors;
export const vendorNames = Object.keys(vendors) as VendorName[];

/** Rows of the demo world as the tables have them: columns left out take their defaults. */
export interface LabWorld {
  readonly members: readonly MemberRow[];
  readonly house: readonly HouseRow[];
  readonly devices: readonly DeviceRow[];
  readonly numbers: readonly NumberRow[];
  readonly shadows: readonly ShadowRow[];
  readonly branches: readonly BranchRow[];
  readonly contactNumbers: readonly ContactNumberRow[];
  readonly carrierNumbers: readonly CarrierNumberRow[];
  readonly emails: readonly EmailRow[];
  readonly domains: readonly DomainRow[];
  readonly findMe: readonly FindMeRow[];
  readonly callSettings: readonly CallSettingRow[];
  readonly trunks: readonly TrunkRow[];
  readonly centres: readonly CentreRow[];
  readonly routes: readonly RouteRow[];
  readonly carriers: readonly CarrierRow[];
  readonly carrierPatterns: readonly CarrierPatternRow[];
  readonly featureCodes: readonly FeatureCodeRow[];
  readonly identifierCodes: readonly IdentifierCodeRow[];
  readonly routingSettings: readonly RoutingSettingRow[];
}

/** What depends on the instance: where the lab's roles listen, the seed of the sample phones' secrets, our SIP realm. */
export interface LabPlace {
  readonly sipPort: number;
  readonly phoneSeed: string;
  readonly realm: string;
}

export interface MemberRow {
  id: string;
  kind: 'person' | 'company';
  name: string;
  language: string;
  country: string;
  area: string | null;
}
/** On whose account the exchange calls for the house itself. */
export interface HouseRow {
  one: true;
  member_id: string;
}
export interface DeviceRow {
  id: string;
  member_id: string;
  username: string;
  digest: string;
  label: string;
  kind: 'sip' | 'webrtc';
  country: string;
  area: string | null;
  location_number: string;
  location_national: string;
}
export interface NumberRow {
  id: string;
  key: string;
  kind: 'pin' | 'vns';
  ccc: string;
  region: string;
  area_number: string;
  display: string;
  identification: boolean;
  holder_id: string;
}
export interface ShadowRow {
  assignment_id: string;
  country: string;
  e164: string;
  verified_at: string;
}
export interface BranchRow {
  id: string;
  assignment_id: string;
  region: string;
  ccc: string;
  is_default: boolean;
  member_id: string;
}
export interface ContactNumberRow {
  id: string;
  member_id: string;
  e164: string;
  label: string;
  verified_at: string | null;
}
export interface CarrierNumberRow {
  id: string;
  member_id: string;
  carrier_id: string;
  number: string;
  verified_at: string | null;
}
export interface EmailRow {
  id: string;
  member_id: string;
  address: string;
  verified_at: string | null;
}
export interface DomainRow {
  id: string;
  member_id: string;
  domain: string;
  verified_at: string | null;
}
export interface FindMeRow {
  member_id: string;
  position: number;
  kind: 'devices' | 'device' | 'contact' | 'carrier' | 'voicemail';
  device_id: string | null;
  contact_number_id: string | null;
  carrier_number_id: string | null;
  ring_seconds: number;
  with_previous: boolean;
}
export interface CallSettingRow {
  member_id: string;
  voicemail: boolean;
}
export interface TrunkRow {
  id: string;
  name: string;
  kind: 'gateway' | 'centre' | 'carrier';
  country: string;
  host: string;
  port: number;
  called_format: object;
  calling_format: object;
  default_cli: string | null;
  trusted: boolean;
  emergency: boolean;
}
export interface CentreRow {
  id: string;
  name: string;
  country: string;
  area: string | null;
  kind: 'own' | 'partner';
  trunk_id: string | null;
}
export interface RouteRow {
  id: string;
  prefix: string;
  trunk_id: string;
  priority: number;
  cost_micro: number;
  currency: string;
  /** Bit 0 Monday … bit 6 Sunday. */
  days: number;
  from_minute: number;
  to_minute: number;
  time_zone: string;
}
export interface CarrierRow {
  id: string;
  name: string;
  trunk_id: string;
  e164_prefixes: readonly string[];
  domains: readonly string[];
}
export interface CarrierPatternRow {
  id: string;
  carrier_id: string;
  prefix: string;
  min_length: number;
  max_length: number;
  regex: string | null;
}
export interface FeatureCodeRow {
  code: string;
  feature: string;
  argument: 'none' | 'optional' | 'required';
}
export interface IdentifierCodeRow {
  country: string;
  code: string;
  min_length: number;
  max_length: number;
}
export interface RoutingSettingRow {
  name: string;
  value: unknown;
}

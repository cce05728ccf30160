/** What other modules may use of membership. */
export { digestOf, newSecret, newUsername } from './device-secret.js';
export { type FindMeStep, findMeOf, setFindMe, stepsThatName } from './find-me.service.js';
export {
  CALL_SETTINGS,
  CARRIER_NUMBERS,
  type CallSettingRow,
  type Claim,
  CONTACT_NUMBERS,
  DEVICES,
  type DeviceRow,
  DOMAINS,
  EMAILS,
  MEMBERS,
  type MemberRow,
} from './membership.rows.js';

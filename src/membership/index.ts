/** What other modules may use of membership. */
export { TYPED_TODAY } from './accounts/account.fields.js';
export { cardPutIn, provedKey } from './cards/card.requests.js';
export { CardActivations, type CardGiven, type ProvedCard } from './cards/card-activations.service.js';
export { CardKeys } from './cards/card-keys.service.js';
export { readCardCode } from './cards/domain/card-number.js';
export { mailedCode, spokenCode } from './codes.js';
export { digestOf, newSecret, newUsername } from './device-secret.js';
export { MOST_ATTEMPTS } from './domain/decide-proof.js';
export { clockOf } from './domain/provisioning/clock.js';
export type { PhoneSettings } from './domain/provisioning/phone-settings.js';
export { acrobits, grandstreamWave, linphone } from './domain/provisioning/softphones.js';
export { type VendorName, vendorNames, vendors } from './domain/provisioning/vendors.js';
export { type FindMeStep, findMeOf, setFindMe, stepsThatName } from './find-me.service.js';
export { type DeviceFailure, makeDevice, type NewDevice, renewSecret } from './make-device.js';
export { type Registration, type RegistrationFailure, registerMember } from './members/register.js';
export {
  CALL_SETTINGS,
  CARRIER_NUMBERS,
  type CallSettingRow,
  type CarrierNumberRow,
  type Claim,
  CONTACT_NUMBERS,
  type ContactNumberRow,
  DEVICES,
  type DeviceRow,
  DOMAINS,
  type DomainRow,
  EMAILS,
  type EmailRow,
  MEMBERS,
  type MemberRow,
} from './membership.rows.js';
export { memberUnknown, ownMember } from './own-member.js';
export { type Proof, proofOf, proofsOf, proofView } from './proofs/proof.rows.js';
export { ProofsModule } from './proofs/proofs.module.js';
export { Proofs, unknown as proofUnknown, type WaitingProof } from './proofs/proofs.service.js';
export { keepProvedNumber, provedTelephone } from './proofs/proved.js';
export { ProofSettlement } from './proofs/settlement.js';
export {
  carrierNumberOf,
  type IdentityTable,
  identitySubject,
  type Subject,
  telephoneSubject,
} from './proofs/subjects.js';
export { type NewTicket, newTicket, noteFetch, type Ticket, ticketOf } from './provisioning/tickets.js';

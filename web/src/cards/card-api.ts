import {
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser';
import { ask } from '../api/http.js';
import type { Place } from '../phone/state.js';

export interface Card {
  readonly id: string;
  readonly serial: string;
  readonly number: string;
  readonly state: 'blank' | 'ready' | 'active' | 'revoked';
  readonly label: string;
  readonly instead: boolean;
  readonly hours: number;
}

export interface CardKey {
  readonly id: string;
  readonly label: string;
}

/** Whose card is in at this browser. */
export interface CardIn {
  readonly card: { readonly name: string; readonly expiresAt: string } | null;
}

export const cards = (signal: AbortSignal) => ask('GET /v1/cards', { query: { limit: 100 }, signal });
export const changeCard = (id: string, body: Partial<Card>) =>
  ask('PATCH /v1/cards/{id}', { path: { id }, body });
export const renewPin = (id: string) => ask('PUT /v1/cards/{id}/pin', { path: { id } });
export const cardFile = (id: string) => ask('PUT /v1/cards/{id}/file', { path: { id } });
export const revokeCard = (id: string) => ask('PUT /v1/cards/{id}/revocation', { path: { id } });
export const cardKeys = (id: string, signal: AbortSignal) =>
  ask('GET /v1/cards/{id}/keys', { path: { id }, signal });
export const removeKey = (id: string, key: string) =>
  ask('DELETE /v1/cards/{id}/keys/{key}', { path: { id, key } });

export async function addKey(id: string, label: string, key: string): Promise<void> {
  const options = await ask('PUT /v1/cards/{id}/keys/options', { path: { id } });
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON;
  const response = await startRegistration({ optionsJSON });
  await ask('POST /v1/cards/{id}/keys', { path: { id }, body: { label, response: plain(response) }, key });
}

export const cardIn = (signal: AbortSignal) => ask('GET /v1/terminal/card', { signal });
export const takeOut = () => ask('DELETE /v1/terminal/card');
export const putIn = (body: Given) => ask('PUT /v1/terminal/card', { body });

/** Number or file, and the PIN code. */
export type Given = { readonly pin: string } & ({ readonly number: string } | { readonly file: string });

/** Where nobody is signed in: the card alone makes this browser a telephone. `'key'`: by a security key that stands for it. */
export async function startTerminal(card: Given | 'key', place: Place) {
  const shown =
    card === 'key' ? { key: await signed(await ask('PUT /v1/terminal/sessions/key-options')) } : card;
  return ask('POST /v1/terminal/sessions', { body: { card: shown, place } });
}

export async function putKeyIn(): Promise<CardIn> {
  const response = await signed(await ask('PUT /v1/terminal/key-options'));
  return ask('PUT /v1/terminal/key', { body: { response } });
}

/** The browser asks for the key, and the key for its own PIN or a finger. */
async function signed(options: object) {
  const optionsJSON = options as PublicKeyCredentialRequestOptionsJSON;
  return plain(await startAuthentication({ optionsJSON }));
}

/** Without what the server does not ask for. */
const plain = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

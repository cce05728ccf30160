import { failure } from '../../kernel/result.js';

/** One answer for all: no such card, a wrong PIN code, a revoked or unsold card, too many attempts. Who guesses learns nothing. */
export const cardRefused = failure('card.refused', 'This card cannot be used.', {
  hint: 'check the number and the PIN code; after several wrong attempts wait a quarter of an hour',
});

export const cardUnknown = failure('card.unknown', 'There is no such card.', {
  hint: "list the member's cards",
});

export const notThere = failure('card-activation.unknown', 'No card is active on this terminal.', {
  hint: 'put the card in again',
});

export const noFileKey = failure('card-file.not-allowed', 'This installation makes no card files.', {
  hint: 'the operator sets CARD_FILE_KEY',
});

import { toMarkdown } from '../../kernel/fsm.js';
import { callStates } from './call-states.js';

/** docs/call-states.md, whole: the table as the machine itself checks its moves against it. */
export const callStatesText = (): string => `# The states of a call

Printed from \`src/exchange/domain/call-states.ts\` by its own test (\`UPDATE_DOCS=1\` writes it anew); the process does
not start when a state cannot be reached or has no way out. An event that a state does not list changes nothing there: it is a
duplicate, or came too late.

- **routing**: the verdict on what was dialled is awaited.
- **preparing**: the verdict is to connect; record, bridge and first legs are under way, nothing was dialled.
- **dialling**, **ringing**, **early**: an attempt is under way; the caller hears nothing yet, ringing, or early media.
- **talking**: one leg answered.
- **serving**: the exchange has taken the call itself: voicemail, a menu, a test of the line. After a restart of ours the service
  begins again.
- **refusing**: the ending is decided; the caller is being told why, before any answer (early media), then gets the cause.
- **clearing**: the ending is decided; the last channels are going away.
- **ended**: nothing is left in Asterisk, and the final record is on its way.

${toMarkdown(callStates)}`;

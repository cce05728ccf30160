import { toMarkdown } from '../../kernel/fsm.js';
import { proofStates } from './proof-states.js';

/** docs/proof-states.md. */
export const proofStatesText = (): string => `# The states of a proof of control

Printed from \`src/membership/domain/proof-states.ts\` by its own test (\`UPDATE_DOCS=1\` writes it anew).

- **waiting**: a code was spoken or mailed, or a DNS record is waited for.
- **proved**: the account or member holds it. Only from here on it is routed to, and shown as caller ID.
- **contested**: proved too, but somebody else holds it; he has 72 hours to prove it again.
- **failed**: five wrong codes. **expired**: nobody typed the code in time. **cancelled**: given up.
- **refused**: who holds it has proved it again. **released**: let go of, taken over, replaced by a newer proof of the same holder, or (a telephone
  that never became a PIN or a contact number) 30 days old.

${toMarkdown(proofStates)}`;

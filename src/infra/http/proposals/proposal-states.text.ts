import { toMarkdown } from '../../../kernel/fsm.js';
import { PROPOSAL_HOURS, proposalStates } from './proposal-states.js';

/** docs/two-persons.md. */
export const proposalStatesText = (): string => `# What takes two persons

Printed from \`src/infra/http/proposals/proposal-states.ts\` by its own test (\`UPDATE_DOCS=1\` writes it anew).

| what                                             | who proposes                  | who decides | when it takes two         |
| ------------------------------------------------ | ----------------------------- | ----------- | ------------------------- |
| putting a version of a rate deck in force        | \`rate-decks.manage\`           | approver    | always                    |
| paying a carrier (docs/billing.md, "Settlement") | \`settlements.manage\`: opens it | approver    | always                    |
| giving a payment back the way it came            | \`top-ups.refund\`              | approver    | above \`ONE_PERSON_LIMITS\` |
| giving the money of an order back                | \`shop.refund\`                 | approver    | above \`ONE_PERSON_LIMITS\` |
| booking a payment onto an account by hand        | \`ledger.manage\`               | approver    | above \`ONE_PERSON_LIMITS\` |
| raising a credit limit                           | \`ledger.manage\`               | approver    | above \`ONE_PERSON_LIMITS\` |
| taking somebody's lost authenticator app away    | \`second-factor.reset\`         | approver    | always                    |

\`ONE_PERSON_LIMITS\` (\`EUR:100,USD:100\`) says up to which amount one person is enough; a currency that it does not name always takes two.

Where it takes two, the route answers **202** with a \`proposal\` and nothing is done. The approver is another account: who proposed, by session or by any
of his API keys, is refused (\`proposal.same-person\`), and the database refuses it too. Deciding is for people only, never for an API key.
A proposal that nobody decides within ${PROPOSAL_HOURS} hours is over. What was true when it was proposed is checked again when it is approved.

\`\`\`bash
api GET "proposals?state=waiting"                              # what waits; the console shows the same
\`\`\`

<!-- run by test/medium/billing/proposals.spec.ts: each by another person, in a session of his own -->

\`\`\`bash
api POST "proposals/$ID/approval" '{"reason": "checked with KT"}'   # by a session of an approver
api POST "proposals/$ID/rejection" '{"reason": "wrong file"}'
api POST "proposals/$ID/withdrawal" '{}'                       # by who proposed it
\`\`\`

${toMarkdown(proposalStates)}`;

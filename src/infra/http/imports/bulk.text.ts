import { toMarkdown } from '../../../kernel/fsm.js';
import { EXPORTS_AT_ONCE } from '../exports/export.interceptor.js';
import type { ImportKind } from './import-kind.js';
import { importStates } from './import-states.js';

/** docs/bulk.md. */
export const bulkText = (kinds: readonly ImportKind[]): string => `# Files in and out

Printed from the kinds and states in the code by \`test/medium/http/bulk.spec.ts\` (\`UPDATE_DOCS=1\` writes it anew).

## Out: every list is a file

Ask any list for \`text/csv\` or \`application/x-ndjson\` and all of its pages come, streamed, with the list's own filters: any number of rows, little memory.
You get what the list itself would show you. A file that breaks off ends without its last chunk (curl: error 18): half a file never passes for a whole one.
CSV has a column for each field of the list's description, also when it is empty; what stands deeper has dots in its name; a text that a spreadsheet would take
for a formula begins with \`'\`. ${EXPORTS_AT_ONCE} at once for an account.

\`\`\`bash
curl -fsS "$ANYDIAL/v1/do-not-call" -H "authorization: Bearer $KEY" -H 'accept: text/csv'              # or /v1/calls, /v1/members, /v1/audit-entries …
curl -fsS "$ANYDIAL/v1/routes?trunkId=gw-kr" -H "authorization: Bearer $KEY" -H 'accept: application/x-ndjson'
\`\`\`

## In: an import, its progress, its bad rows

An import is made, then its file is sent: CSV (UTF-8; comma, semicolon or tab) or one JSON object a line, of any size. The answer comes when all is read; until then
another request sees how far it is.

\`\`\`bash
ID=$(curl -fsS "$ANYDIAL/v1/imports" -H "authorization: Bearer $KEY" -H 'content-type: application/json' \\
  -d '{"kind": "do-not-call", "source": "november.csv"}' | jq -r .id)
printf 'number,reason\\n+821029998877,asked by letter\\nnonsense,\\n' |
  curl -fsS -X PUT "$ANYDIAL/v1/imports/$ID/file" -H "authorization: Bearer $KEY" -H 'content-type: text/csv' --data-binary @-
curl -fsS "$ANYDIAL/v1/imports/$ID" -H "authorization: Bearer $KEY"                                   # state, bytes, good, bad; also while it runs
curl -fsS "$ANYDIAL/v1/imports/$ID/bad-rows" -H "authorization: Bearer $KEY" -H 'accept: text/csv'    # line, field, reason, row: the error file
\`\`\`

- **Broken off** (the connection, our restart): send the same file to the same import again. What was written is passed over, the rest goes on; another file is refused
  (\`import-file.mismatch\`). Nothing is written twice, nothing is lost: a batch of 2,000 rows and the note that it is done are one transaction.
- **The same file again** to an import that is done answers as the first time.
- **\`POST /v1/imports/:id/cancellation\`** stops it at its next batch.
- More than 10,000 bad rows: the file is refused. Imports and their bad rows are forgotten after 30 days.

| kind | who | a line has |
| --- | --- | --- |
${kinds
  .map(({ kind, policy, columns }) => `| \`${kind}\` | \`${policy}\` | ${columns} |`)
  .toSorted()
  .join('\n')}

Options: \`rate-deck\` takes \`deckId\`, \`periods\`, \`mapping\`; \`settlement-statement\` \`settlementId\`; \`routes\` \`replaceTrunk\`.
Small files may also go with the kind's own POST (\`/v1/routes/import\`, \`/v1/rate-decks/:id/versions\`, \`/v1/settlements/:id/statement\`, \`/v1/shop/stock\`), read by the same
code, answered at once.

${toMarkdown(importStates)}`;

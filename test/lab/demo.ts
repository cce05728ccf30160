import { CallRecords } from './call-records.js';
import { LabAsterisk } from './lab-asterisk.js';
import { type Proof, phoneToGateway, phoneToPhone } from './proof.js';
import { describeProof } from './proof-text.js';

/** Who calls in the proof, and what is dialled: docs/lab.md. */
const CALLER = 'lab-a';
const CALLED = 'lab-b';
const CALLED_PIN = '02-6200-6200-082';
const PSTN_NUMBER = '0262001234';

/**
 * `./anydial demo [--json]`: two proof calls against the running system. Afterwards the demo world's other phones stay
 * registered and answer by themselves (with an echo), so that a person can register as CALLER and call them.
 */
async function demo(json: boolean): Promise<void> {
  const say = (line: string) => {
    if (!json) process.stdout.write(`${line}\n`);
  };
  const databaseUrl = process.env['DATABASE_URL'];
  if (!databaseUrl) throw new Error('DATABASE_URL is not set: run ./anydial demo');
  const records = await CallRecords.open(databaseUrl);
  try {
    const lab = await LabAsterisk.attach();
    try {
      const proofs = await prove(lab, records, say);
      if (json) process.stdout.write(`${JSON.stringify({ ok: true, calls: proofs }, null, 2)}\n`);
    } finally {
      await lab.detach();
    }
  } finally {
    await records.close();
  }
}

async function prove(
  lab: LabAsterisk,
  records: CallRecords,
  say: (line: string) => void,
): Promise<readonly Proof[]> {
  const usernames = new Set([CALLER, CALLED, ...(await records.phones())]);
  const phones = await Promise.all(
    [...usernames].map(async (username) => {
      const phone = await lab.samplePhone(username);
      const answer = await phone.register();
      if (answer.status !== 200)
        throw new Error(`${username} could not register: ${answer.status} ${answer.reason}`);
      return [username, phone] as const;
    }),
  );
  const [caller, called] = [CALLER, CALLED].map(
    (name) => phones.find(([username]) => username === name)?.[1],
  );
  if (!caller || !called) throw new Error('the phones of the proof are gone');
  say(`  ${phones.length} phones registered: ${[...usernames].join(', ')}`);
  const first = await phoneToPhone(records, caller, called, CALLED_PIN);
  say(describeProof(first));
  const second = await phoneToGateway(records, lab, caller, PSTN_NUMBER);
  say(describeProof(second));
  await lab.idle();
  await caller.unregister();
  return [first, second];
}

const json = process.argv.includes('--json');
demo(json).catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  if (json) process.stdout.write(`${JSON.stringify({ ok: false, error: message })}\n`);
  else process.stderr.write(`  The proof failed: ${message}\n`);
  process.exitCode = 1;
});

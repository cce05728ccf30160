import { checkIdle } from '../../lab/idle.js';
import type { LabAsterisk } from '../../lab/lab-asterisk.js';
import type { Records } from './records.js';

/** ARI of the node under test. */
export const nodeAri = () => ({
  url: process.env['ARI_URL'] ?? '',
  username: process.env['ARI_USERNAME'] ?? '',
  password: process.env['ARI_PASSWORD'] ?? '',
});

/**
 * What must be true after every test: no channel and no bridge at the node nor in the lab, no open call and no open hold in
 * the database.
 * @throws with what is left.
 */
export async function nothingLeft(lab: LabAsterisk, records: Records): Promise<void> {
  await lab.idle();
  await checkIdle(nodeAri());
  await records.nothingOpen();
}

import { z } from 'zod';
import type { AttemptLimit } from '../access/attempts.js';

/** Three codes are right at any time: so few guesses never find one. */
export const SECOND_FACTOR: AttemptLimit = {
  purpose: 'second-factor',
  minutes: 15,
  both: 8,
  source: 50,
  subject: 20,
};

/** Six digits, or a recovery code. */
export const codeText = z.string().trim().min(6).max(30);

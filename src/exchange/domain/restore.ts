import type { Call } from './call.js';

/** A call as it was saved, taken up again: it is recorded, or it would not be here. */
export const restored = (call: Call): Call => ({ ...call, secured: true });

/** The version of the terms and of the privacy notice that the pages show. */
export const CONSENT_VERSION = '2026-11';
/** As the server has it. */
export const SHORTEST_PASSWORD = 10;

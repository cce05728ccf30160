import type { Region } from '../telephone/region.js';

/** Who dials and from where: everything outside the dialled string that changes its meaning. */
export interface CallerContext {
  /** Whose national forms, international prefix and branches apply: the member's country. */
  readonly country: Region;
  /** Area code for local forms, with or without trunk prefix (`02`, `212`). */
  readonly area?: string;
  /** Where the device stands: emergency and short codes are always this country's, wherever its owner lives. */
  readonly deviceCountry: Region;
  /** Opens feature codes that belong to one company only. */
  readonly companyId?: string;
}

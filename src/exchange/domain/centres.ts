import type { Trunk } from './trunk.js';

/** A centre of a partner company that serves a country, or an area of it. */
export interface PartnerCentre {
  readonly country: string;
  /** Area code as written in the country (`03`); null: the whole country, but for areas with a centre of their own. */
  readonly area: string | null;
  /** The partner's trunk; null: the centre is our own. */
  readonly trunk: Trunk | null;
}

/** Centres by country: those of areas with the longest area code first, the country's own last. */
export type CentreMap = ReadonlyMap<string, readonly PartnerCentre[]>;

export const centreMap = (centres: readonly PartnerCentre[]): CentreMap =>
  Map.groupBy(
    centres.toSorted((a, b) => (b.area?.length ?? 0) - (a.area?.length ?? 0)),
    ({ country }) => country,
  );

/**
 * The partner's trunk at which a number of ours lives; undefined when it lives with us.
 * @param areaNumber a PIN's AREA-NUMBER digits as its country writes them; undefined for companies' branches.
 */
export function partnerOf(centres: CentreMap, region: string, areaNumber?: string): Trunk | undefined {
  const serving = centres
    .get(region)
    ?.find(({ area }) => area === null || areaNumber?.startsWith(area) === true);
  return serving?.trunk ?? undefined;
}

import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { atlasIdOf, pointOf, spread } from './places.js';

interface Atlas {
  readonly objects: { readonly countries: { readonly geometries: readonly { readonly id?: string }[] } };
}
const atlas = JSON.parse(readFileSync('node_modules/world-atlas/countries-110m.json', 'utf8')) as Atlas;
const there = new Set(atlas.objects.countries.geometries.map(({ id }) => id));

describe('where a country is on the map', () => {
  it.each(['KR', 'US', 'JP', 'GB', 'DE', 'BR', 'IN', 'AU', 'ZA', 'NG'])(
    'given_%s_then_the_atlas_has_it',
    (country) => {
      expect(there.has(atlasIdOf(country) ?? '')).toBe(true);
    },
  );

  it.each(['SG', 'HK', 'MT'])('given_%s_which_is_too_small_for_it_then_a_point_is_known', (country) => {
    expect(pointOf(country)).toBeDefined();
  });

  it('given_several_at_one_place_then_no_two_stand_on_each_other', () => {
    const places = Array.from({ length: 6 }, (_, n) => spread(n, 6).join());
    expect(new Set(places).size).toBe(6);
    expect(spread(0, 1)).toEqual([0, 0]);
  });
});

import { geoCentroid, geoNaturalEarth1, geoPath } from 'd3-geo';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import atlas from 'world-atlas/countries-110m.json';
import { useFormat } from '../../shared/format.js';
import type { Health } from './parts.js';
import { atlasIdOf, pointOf, spread } from './places.js';
import { type Centre, healthOf, type TrunkNow } from './trunks.js';

const WIDTH = 960;
const HEIGHT = 430;
const topology = atlas as unknown as Topology<{ countries: GeometryCollection }>;
const world = feature(topology, topology.objects.countries);
const projection = geoNaturalEarth1().fitExtent(
  [
    [4, 4],
    [WIDTH - 4, HEIGHT + 46],
  ],
  { type: 'Sphere' },
);
const outline = geoPath(projection);

/** Geometry (Natural Earth, public domain) comes from our own origin, when this is first shown. */
export default function WorldMap({
  trunks,
  centres,
}: {
  readonly trunks: readonly TrunkNow[];
  readonly centres: readonly Centre[];
}) {
  const { t } = useTranslation('console');
  const { country } = useFormat();
  const lands = useMemo(
    () =>
      world.features.map((land, place) => ({
        key: `land-${place}`,
        id: String(land.id),
        d: outline(land) ?? '',
      })),
    [],
  );
  const own = centres.filter(({ kind, enabled }) => kind === 'own' && enabled);
  const busy = new Set([...trunks, ...own].map((one) => atlasIdOf(one.country)));
  const places = Map.groupBy(trunks, (trunk) => trunk.country);
  return (
    <figure aria-label={t('network.map')} style={{ margin: 0 }}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width="100%" className="console-map">
        <title>{t('network.map')}</title>
        {lands.map(({ key, id, d }) => (
          <path key={key} d={d} className={busy.has(id) ? 'console-land-ours' : 'console-land'} />
        ))}
        {own.map(({ id, name, country: where }) => {
          const at = positionOf(where);
          return (
            at !== undefined && (
              <g key={id} transform={`translate(${at})`}>
                <title>{`${name} · ${country(where)}`}</title>
                <circle r={22} className="console-centre" />
              </g>
            )
          );
        })}
        {[...places].flatMap(([where, all]) =>
          all.map((trunk, place) => {
            const at = positionOf(where);
            return at === undefined
              ? []
              : [<Mark key={trunk.id} trunk={trunk} at={at} offset={spread(place, all.length)} />];
          }),
        )}
      </svg>
    </figure>
  );
}

function Mark({
  trunk,
  at: [x, y],
  offset: [dx, dy],
}: {
  readonly trunk: TrunkNow;
  readonly at: readonly [number, number];
  readonly offset: readonly [number, number];
}) {
  const { t } = useTranslation('console');
  const health = healthOf(trunk);
  const label = `${trunk.id}: ${t(`health.${health}`)}, ${t('network.callsNow', { count: trunk.callsNow })}`;
  return (
    <Link to={`/console/network/${trunk.id}`} aria-label={label} data-mark={trunk.id} data-health={health}>
      <g transform={`translate(${x + dx} ${y + dy})`}>
        <title>{label}</title>
        <circle r={12} className="console-hit" />
        <Shape health={health} />
        {trunk.callsNow > 0 && (
          <text y={3} textAnchor="middle" className="console-mark-count">
            {trunk.callsNow}
          </text>
        )}
      </g>
    </Link>
  );
}

/** Form says the state as well as colour does. */
function Shape({ health }: { readonly health: Health }) {
  switch (health) {
    case 'open':
      return <path d="M-8-8H8V8H-8z" className="console-mark console-mark-open" />;
    case 'half-open':
      return <path d="M0-9 9 8H-9z" className="console-mark console-mark-half-open" />;
    case 'disabled':
      return <circle r={6} className="console-mark console-mark-disabled" />;
    case 'closed':
      return <circle r={8} className="console-mark console-mark-closed" />;
  }
}

function positionOf(country: string): readonly [number, number] | undefined {
  const land = world.features.find(({ id }) => id === atlasIdOf(country));
  const place = pointOf(country) ?? (land && geoCentroid(land));
  return (place && projection([place[0], place[1]])) ?? undefined;
}

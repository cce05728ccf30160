import { Box } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Ladder, Rung } from './ladder.js';

const COLUMN = 190;
const LEFT = 84;
const ROW = 30;
const TOP = 44;

/** The call as engineers draw it: columns are the parties, time goes down, each arrow is a message. The legs' table says the same in words. */
export function LadderPicture({ ladder, began }: { readonly ladder: Ladder; readonly began: number }) {
  const { t } = useTranslation('console');
  const { columns, rungs } = ladder;
  const width = LEFT + columns.length * COLUMN;
  const height = TOP + rungs.length * ROW + 16;
  const x = (column: number) => LEFT + column * COLUMN + COLUMN / 2;
  const says = rungs
    .map(
      ({ at, from, to, text }) =>
        `+${((at - began) / 1_000).toFixed(3)} ${columns[from]} → ${columns[to]}: ${text}`,
    )
    .join('. ');
  return (
    <Box tabIndex={0} role="region" aria-label={t('trace.ladder')} style={{ overflowX: 'auto' }}>
      <svg role="img" aria-label={says} width={width} height={height} className="console-ladder">
        <defs>
          {(['message', 'failure'] as const).map((kind) => (
            <marker
              key={kind}
              id={`arrow-${kind}`}
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="7"
              markerHeight="7"
              orient="auto-start-reverse"
            >
              <path d="M0 0 8 4 0 8z" className={`console-${kind}`} />
            </marker>
          ))}
        </defs>
        {columns.map((name, column) => (
          <g key={name}>
            <text x={x(column)} y={18} textAnchor="middle" className="console-head">
              {name.slice(0, 24)}
            </text>
            <line x1={x(column)} x2={x(column)} y1={28} y2={height - 8} className="console-life" />
          </g>
        ))}
        {rungs.map((rung, row) => (
          <Arrow
            key={`${rung.at}${rung.from}${rung.to}${rung.text}`}
            rung={rung}
            y={TOP + row * ROW}
            x={x}
            began={began}
          />
        ))}
      </svg>
    </Box>
  );
}

function Arrow({
  rung: { at, from, to, text, kind },
  y,
  x,
  began,
}: {
  readonly rung: Rung;
  readonly y: number;
  readonly x: (column: number) => number;
  readonly began: number;
}) {
  const [start, end] = [x(from), x(to)];
  const inset = start < end ? 4 : -4;
  const drawn = kind === 'failure' ? 'failure' : 'message';
  return (
    <g>
      <text x={8} y={y + 8} className="console-time">
        +{((at - began) / 1_000).toFixed(3)}
      </text>
      {kind === 'media' ? (
        <line x1={start} x2={end} y1={y + 4} y2={y + 4} className="console-media" />
      ) : (
        <line
          x1={start + inset}
          x2={end - inset}
          y1={y + 4}
          y2={y + 4}
          className={`console-${drawn}`}
          markerEnd={`url(#arrow-${drawn})`}
        />
      )}
      <text x={(start + end) / 2} y={y} textAnchor="middle" className="console-label">
        {text.length > 40 ? `${text.slice(0, 39)}…` : text}
      </text>
    </g>
  );
}

import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/http.js';
import { useAction } from '../../shared/action.js';
import { tellDone } from '../../shared/notify.js';
import { Empty, ProblemAlert } from '../../shared/states.js';
import { useUnchanged } from '../../shared/unchanged.js';
import { type FindMeStep, moved, tidy } from './find-me-order.js';
import { FindMeRow } from './find-me-row.js';
import type { Target } from './find-me-targets.js';

const RING_SECONDS = 20;

/** The order, by drag, by the arrow buttons, or with the keyboard alone; saved by one press. */
export function FindMeEditor({
  path,
  read,
  targets,
  onSaved,
}: {
  readonly path: `/v1/members/${string}/find-me`;
  readonly read: { readonly steps: readonly FindMeStep[] };
  readonly targets: readonly Target[];
  readonly onSaved: (after: { readonly steps: readonly FindMeStep[] }) => void;
}) {
  const { t } = useTranslation(['member', 'app']);
  const { ifMatch, saved } = useUnchanged(read);
  const [steps, setSteps] = useState(read.steps);
  const [dragged, setDragged] = useState<number>();
  const [said, setSaid] = useState('');
  const saving = useAction(
    (wanted: readonly FindMeStep[]) => ask(`PUT ${path}`, { body: { steps: wanted }, ifMatch }),
    {
      onSuccess: (after) => {
        saved(after);
        tellDone(t('app:saved'));
        onSaved(after);
      },
    },
  );
  const labelOf = ({ kind, target }: FindMeStep): string =>
    targets.find((one) => one.kind === kind && one.target === target)?.label ?? t('findMe.gone');
  const move = (from: number, to: number): void => {
    const after = moved(steps, from, to);
    if (after === steps) return;
    setSteps(after);
    const step = steps[from];
    if (step !== undefined) setSaid(t('findMe.movedTo', { what: labelOf(step), place: to + 1 }));
  };
  const free = targets.filter(
    ({ kind, target }) => !steps.some((step) => step.kind === kind && step.target === target),
  );
  return (
    <Stack>
      <Text className="visually-hidden" role="status">
        {said}
      </Text>
      {steps.length === 0 ? (
        <Empty text={t('findMe.none')} />
      ) : (
        <Stack component="ol" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
          {steps.map((step, index) => (
            <FindMeRow
              key={`${step.kind}:${step.target}`}
              step={step}
              label={labelOf(step)}
              place={index}
              last={index === steps.length - 1}
              onMove={(to) => move(index, to)}
              onChange={(changes) =>
                setSteps(tidy(steps.map((one, at) => (at === index ? { ...one, ...changes } : one))))
              }
              onRemove={() => setSteps(tidy(steps.filter((_, at) => at !== index)))}
              onDragStart={() => setDragged(index)}
              onDragOver={() => {
                if (dragged === undefined || dragged === index) return;
                move(dragged, index);
                setDragged(index);
              }}
              onDragEnd={() => setDragged(undefined)}
            />
          ))}
        </Stack>
      )}
      <Group align="flex-end">
        <Select
          label={t('findMe.add')}
          placeholder={t('findMe.addHint')}
          data={free.map(({ kind, target, label }) => ({ value: `${kind}:${target ?? ''}`, label }))}
          value={null}
          onChange={(value) => {
            const found = free.find(({ kind, target }) => `${kind}:${target ?? ''}` === value);
            if (found === undefined) return;
            const { kind, target } = found;
            setSteps(tidy([...steps, { kind, target, ringSeconds: RING_SECONDS, withPrevious: false }]));
          }}
        />
        <Button
          onClick={() => saving.start(steps)}
          loading={saving.isPending}
          disabled={steps === read.steps}
        >
          {t('app:save')}
        </Button>
      </Group>
      <ProblemAlert error={saving.error} />
    </Stack>
  );
}

import { defineStates } from '../../../kernel/fsm.js';

export const importStateNames = [
  'waiting',
  'running',
  'interrupted',
  'done',
  'refused',
  'cancelled',
] as const;
export type ImportState = (typeof importStateNames)[number];
export type ImportEvent =
  | 'file.begun'
  | 'file.begun-again'
  | 'file.broke-off'
  | 'file.ended'
  | 'file.refused'
  | 'asker.cancelled';

/** A file that is read in. `running` also when its reader has died: whoever sends the file again takes over. */
export const importStates = defineStates<ImportState, ImportEvent>({
  name: 'import',
  initial: 'waiting',
  final: ['done', 'refused', 'cancelled'],
  moves: {
    waiting: { 'file.begun': 'running', 'asker.cancelled': 'cancelled' },
    running: {
      'file.begun-again': 'running',
      'file.broke-off': 'interrupted',
      'file.ended': 'done',
      'file.refused': 'refused',
      'asker.cancelled': 'cancelled',
    },
    interrupted: { 'file.begun-again': 'running', 'asker.cancelled': 'cancelled' },
    done: {},
    refused: {},
    cancelled: {},
  },
});

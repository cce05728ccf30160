import { useWording } from '../../customers/texts.js';
import type { AgentFields } from './types.js';

/** `Korean 100, English 60, sales 40`. */
export function useLevels() {
  const say = useWording();
  return ({ languages, skills }: Pick<AgentFields, 'languages' | 'skills'>): string =>
    [
      ...Object.entries(languages).map(([tag, level]) => `${say.language(tag)} ${level}`),
      ...Object.entries(skills).map(([name, level]) => `${name} ${level}`),
    ].join(', ') || '–';
}

import { inSpan, tracing } from '../infra/trace/tracing.js';
import type { RouterWorld } from './router.js';

type Asked = RouterWorld['directory'];

/** The directory, whose every answer is a span of the decision that asked; the directory itself while nothing is traced. */
export function lookUpsTraced(directory: Asked): Asked {
  if (tracing() === undefined) return directory;
  const told = (from: string) => () => ({ 'anydial.from': from });
  return {
    get network() {
      return directory.network;
    },
    get plan() {
      return directory.plan;
    },
    get policy() {
      return directory.policy;
    },
    known: (question) => {
      const answer = directory.known(question);
      if (answer !== undefined) inSpan('look-up', told('memory'), () => answer);
      return answer;
    },
    lookUp: (question) => inSpan('look-up', told('database'), () => directory.lookUp(question)),
  };
}

import type { Api } from '../infra/http/openapi/answers.js';
import { answers } from './answers.js';
import { examples } from './examples.js';

export const api: Api = { answers, examples };

import { err, type Failure, failure, ok, type Result } from '../../kernel/result.js';

/** What a template may speak of: `{{name}}`. */
export const templateVariables = ['name', 'number', 'agent', 'company', 'case', 'due', 'text'] as const;
export type TemplateVariable = (typeof templateVariables)[number];
export type TemplateFacts = { readonly [Name in TemplateVariable]?: string };

export interface MailTemplate {
  readonly language: string;
  readonly subject: string;
  readonly body: string;
}

const PLACE = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** The variables that a text names and that there are not. */
export function unknownVariables(text: string): readonly string[] {
  const named = [...text.matchAll(PLACE)].map((match) => match[1] ?? '');
  return [...new Set(named)].filter((name) => !isVariable(name));
}

/**
 * The mail: plain text, each variable once, in its place. What a customer or an agent has written stays text: it is never read as a template
 * again, brings no line break into the subject, and no control character anywhere. A variable without a value is a refusal, not a hole.
 */
export function fillTemplate(
  template: MailTemplate,
  facts: TemplateFacts,
): Result<{ readonly subject: string; readonly body: string }, Failure<'mail-template.mismatch'>> {
  const named = [...`${template.subject}\n${template.body}`.matchAll(PLACE)].map((match) => match[1] ?? '');
  const missing = [...new Set(named)].filter((name) => !isVariable(name) || !facts[name]);
  if (missing.length > 0)
    return err(
      failure(
        'mail-template.mismatch',
        `Nothing is known for ${missing.map((name) => `{{${name}}}`).join(', ')}.`,
        {
          hint: 'complete the customer or the case, or choose another template',
        },
      ),
    );
  const fill = (text: string, clean: (value: string) => string) =>
    text.replace(PLACE, (_, name: string) => (isVariable(name) ? clean(facts[name] ?? '') : ''));
  return ok({ subject: fill(template.subject, oneLine), body: fill(template.body, printable) });
}

/** The template in the customer's language: that one, its primary language, else English, else any. */
export function templateFor<T extends { readonly language: string }>(
  templates: readonly T[],
  tag: string | null,
): T | undefined {
  const primary = (tag ?? 'en').toLowerCase().split('-', 1)[0];
  return (
    templates.find(({ language }) => language === primary) ??
    templates.find(({ language }) => language === 'en') ??
    templates[0]
  );
}

const isVariable = (name: string): name is TemplateVariable =>
  (templateVariables as readonly string[]).includes(name);
const printable = (text: string): string =>
  text.replace(/[\p{Cc}--[\n\t]]/gv, '').replace(/[\u2028\u2029]/g, '\n');
const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');

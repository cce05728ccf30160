/** Prompts of services with a text of their own in every language (asterisk/sounds/prompts/<language>.txt). */
export const prompts = [
  'voicemail-busy',
  'voicemail-no-answer',
  'voicemail-unreachable',
  'voicemail-leave',
  'voicemail-full',
  'voicemail-thanks',
  'voicemail-nothing',
  'mailbox-menu',
  'mailbox-no-messages',
  'mailbox-message-menu',
  'mailbox-deleted',
  'mailbox-no-more',
  'greeting-menu',
  'greeting-record',
  'greeting-review',
  'greeting-saved',
  'greeting-nothing',
  'echo',
  'forward-ask',
  'do-not-disturb-on',
  'do-not-disturb-off',
  'forward-always-on',
  'forward-always-off',
  'forward-busy-on',
  'forward-busy-off',
  'forward-no-answer-on',
  'forward-no-answer-off',
  'hide-number-on',
  'hide-number-off',
  'setting-refused',
  'cancelled',
  'wrong-key',
  'try-later',
  'goodbye',
  'order-code',
  'order-message',
  'queue-language-1',
  'queue-language-2',
  'queue-language-3',
  'queue-consent',
  'queue-callback-offer',
  'queue-callback-done',
  'queue-timed-out',
  'queue-full',
  'queue-closed',
  'survey-ask',
  'survey-thanks',
  'agent-logged-in',
  'agent-logged-out',
  'agent-paused',
  'agent-resumed',
  'agent-number-ask',
  'agent-pin-ask',
  'agent-refused',
  'supervise-nobody',
] as const;

/** Sounds that are no speech (asterisk/sounds/build.sh). */
export const tones = ['beep', 'queue-music'] as const;

export type PromptName = (typeof prompts)[number] | (typeof tones)[number];

/** The media URI of a prompt, in the language that the playback says. */
export const prompt = (name: PromptName): string => soundOf(name);

/** Any sound of ours, parts of numbers and times included. */
export const soundOf = (name: string): string => `sound:anydial/${name}`;

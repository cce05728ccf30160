import { type SpokenLanguage, spokenLanguageOf } from '../domain/language.js';
import type { Service } from '../domain/service.js';
import type { MessageSpool } from '../voicemail/message-spool.js';
import { agentMachine } from './domain/agent-machine.js';
import { cardMachine } from './domain/card-machine.js';
import { echoMachine } from './domain/echo-machine.js';
import { listenMachine } from './domain/listen-machine.js';
import type { Machine } from './domain/machine.js';
import { mailboxMachine } from './domain/mailbox-machine.js';
import { pageLinkMachine } from './domain/page-link-machine.js';
import { queueMachine } from './domain/queue-machine.js';
import type { Recorded } from './domain/service-effect.js';
import type { MemberSetting } from './domain/set-machine.js';
import { setMachine } from './domain/set-machine.js';
import { speakMachine } from './domain/speak-machine.js';
import { speechIn } from './domain/speech.js';
import { superviseMachine } from './domain/supervise-machine.js';
import { surveyMachine } from './domain/survey-machine.js';
import { voicemailMachine } from './domain/voicemail-machine.js';

/** What of a machine's state the outside may know. */
export interface Running {
  readonly at: string;
}

/** A service as it is run for one call: its machine, whose mailbox it deals with, and the names of its recordings. */
export interface ServicePlan {
  readonly name: Service['name'];
  readonly service: Service;
  readonly language: SpokenLanguage;
  readonly mailbox: string;
  readonly setting?: MemberSetting;
  readonly machine: Machine<Running>;
  readonly recordings: Readonly<Record<Recorded, string>>;
}

export function planOf(callId: string, service: Service, spool: MessageSpool): ServicePlan {
  const language = spokenLanguageOf(service.language);
  const mailbox = ownerOf(service);
  const recordings = {
    message: spool.recordingOf({ mailbox, id: callId }),
    greeting: spool.newGreetingOf(mailbox),
    echo: spool.echoOf(callId),
  };
  const plan = { name: service.name, service, language, mailbox, recordings };
  const speech = speechIn(language);
  switch (service.name) {
    case 'voicemail':
      return { ...plan, machine: hidden(voicemailMachine(service.reason, spool.greetingOf(mailbox))) };
    case 'mailbox':
      return { ...plan, machine: hidden(mailboxMachine({ speech, newGreeting: recordings.greeting })) };
    case 'echo':
      return { ...plan, machine: hidden(echoMachine(recordings.echo)) };
    case 'queue':
      return { ...plan, machine: hidden(queueMachine(language)) };
    case 'survey':
      return { ...plan, machine: hidden(surveyMachine()) };
    case 'agent':
      return { ...plan, machine: hidden(agentMachine(service.wish, service.argument)) };
    case 'page-link':
      return { ...plan, machine: hidden(pageLinkMachine()) };
    case 'card':
      return { ...plan, machine: hidden(cardMachine(service.wish)) };
    case 'supervise':
      return { ...plan, machine: hidden(superviseMachine(service.mode)) };
    case 'listen':
      return { ...plan, machine: hidden(listenMachine()) };
    case 'speak':
      return { ...plan, machine: hidden(speakMachine(service, speech)) };
    case 'set':
      return {
        ...plan,
        setting: service.setting,
        machine: hidden(setMachine(service.setting, service.value, speech)),
      };
  }
}

const ownerOf = (service: Service): string => {
  if (service.name === 'voicemail') return service.mailbox;
  return 'member' in service ? service.member : '';
};

/** A machine only ever gets back the states that it made itself. */
const hidden = <State extends Running>(machine: Machine<State>): Machine<Running> =>
  machine as unknown as Machine<Running>;

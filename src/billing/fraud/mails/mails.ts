import type { MailLanguages } from '../../../infra/mail/mail-texts.js';
import { en } from './en.js';
import { ja } from './ja.js';
import type { FraudMails } from './kinds.js';
import { ko } from './ko.js';

export const fraudMails: MailLanguages<FraudMails> = { en, ja, ko };

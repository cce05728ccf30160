import { notifications } from '@mantine/notifications';
import i18next from 'i18next';

/** A short word that something was done; it goes by itself. Errors stay where they happened: see `ProblemAlert`. */
export const tellDone = (message: string): void => {
  notifications.show({
    message,
    color: 'teal',
    autoClose: 5_000,
    closeButtonProps: { 'aria-label': i18next.t('close', { ns: 'app' }) },
  });
};

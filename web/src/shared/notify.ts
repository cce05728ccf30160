import i18next from 'i18next';

let show: (() => void) | undefined;

/** How the place where words appear is made to be there. */
export const whenFirstTold = (listener: () => void): void => {
  show = listener;
};

/** A short word that something was done; it goes by itself. Errors stay where they happened: see `ProblemAlert`. */
export const tellDone = (message: string): void => {
  show?.();
  void import('@mantine/notifications').then(({ notifications }) =>
    notifications.show({
      message,
      color: 'teal',
      autoClose: 5_000,
      closeButtonProps: { 'aria-label': i18next.t('close', { ns: 'app' }) },
    }),
  );
};

import type { ReactNode } from 'react';

/** Drawn in the text's colour; said by the button's own name, so silent for screen readers. */
const drawn = (children: ReactNode) => (
  <svg
    width={20}
    height={20}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    strokeWidth={1.8}
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
  >
    {children}
  </svg>
);

const HANDSET = 'M6 3h3l2 5-2.5 1.5c1 2.500 3.500 5 6 6L16 13l5 2v3c0 2-1 3-3 3C10 21 3 14 3 6c0-2 1-3 3-3z';

export const IconCall = () => drawn(<path d={HANDSET} />);
export const IconHangUp = () =>
  drawn(<path d="M3 14c5-5 13-5 18 0l-2 3-4-1.500V12.500a11 11 0 0 0-6 0v3L5 17z" />);
export const IconMicrophone = () =>
  drawn(<path d="M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM6 11a6 6 0 0 0 12 0M12 17v4" />);
export const IconMuted = () =>
  drawn(<path d="M9 6a3 3 0 0 1 6 0v5m-6-2v2a3 3 0 0 0 4 2.800M6 11a6 6 0 0 0 9 5M12 17v4M4 4l16 16" />);
export const IconHold = () => drawn(<path d="M9 5v14M15 5v14" />);
export const IconResume = () => drawn(<path d="M8 5l11 7-11 7z" />);
export const IconTransfer = () => drawn(<path d="M4 8h13l-4-4M20 16H7l4 4" />);
export const IconKeys = () =>
  drawn(<path d="M6 6h.01M12 6h.01M18 6h.01M6 12h.01M12 12h.01M18 12h.01M6 18h.01M12 18h.01M18 18h.01" />);
export const IconBackspace = () => drawn(<path d="M9 5h12v14H9l-6-7zM12 9l6 6M18 9l-6 6" />);
export const IconTrash = () => drawn(<path d="M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13" />);
export const IconPencil = () => drawn(<path d="M4 20l1-5L16 4l4 4L9 19zM14 6l4 4" />);

import type { ReactNode } from 'react';

export interface IconProps {
  readonly size?: number;
}

/** Drawn in the text's colour; said by the text beside it, so silent for screen readers. */
function Icon({ size = 20, children }: IconProps & { readonly children: ReactNode }) {
  return (
    <svg
      width={size}
      height={size}
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
}

export const IconHome = (props: IconProps) => (
  <Icon {...props}>
    <path d="M4 11l8-7 8 7v9h-5v-6H9v6H4z" />
  </Icon>
);
export const IconUser = (props: IconProps) => (
  <Icon {...props}>
    <circle cx="12" cy="8" r="4" />
    <path d="M4 20c1-4 4-6 8-6s7 2 8 6" />
  </Icon>
);
export const IconSun = (props: IconProps) => (
  <Icon {...props}>
    <circle cx="12" cy="12" r="4" />
    <path d="M12 3v2m0 14v2M3 12h2m14 0h2M5.6 5.6l1.5 1.5m9.8 9.8 1.5 1.5m0-12.8-1.5 1.5m-9.8 9.8-1.5 1.5" />
  </Icon>
);
export const IconMoon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M20 14A8 8 0 0 1 10 4a8 8 0 1 0 10 10z" />
  </Icon>
);
export const IconLanguage = (props: IconProps) => (
  <Icon {...props}>
    <circle cx="12" cy="12" r="9" />
    <path d="M3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18" />
  </Icon>
);
export const IconPhone = (props: IconProps) => (
  <Icon {...props}>
    <path d="M6 3h3l2 5-2.5 1.500c1 2.500 3.500 5 6 6L16 13l5 2v3c0 2-1 3-3 3C10 20 4 14 3 6c0-2 1-3 3-3z" />
  </Icon>
);
export const IconSearch = (props: IconProps) => (
  <Icon {...props}>
    <circle cx="11" cy="11" r="6" />
    <path d="M20 20l-4.500-4.500" />
  </Icon>
);
export const IconCart = (props: IconProps) => (
  <Icon {...props}>
    <path d="M3 4h3l2 11h10l2-8H7" />
    <circle cx="10" cy="20" r="1" />
    <circle cx="17" cy="20" r="1" />
  </Icon>
);
export const IconList = (props: IconProps) => (
  <Icon {...props}>
    <path d="M9 6h11M9 12h11M9 18h11M4 6h.01M4 12h.01M4 18h.01" />
  </Icon>
);
export const IconSettings = (props: IconProps) => (
  <Icon {...props}>
    <path d="M4 7h10m4 0h2M4 17h2m4 0h10M16 5v4M8 15v4" />
  </Icon>
);
export const IconMail = (props: IconProps) => (
  <Icon {...props}>
    <path d="M3 6h18v12H3zm0 0 9 7 9-7" />
  </Icon>
);
export const IconWallet = (props: IconProps) => (
  <Icon {...props}>
    <path d="M4 7h15v12H4zm0 0 11-4v4m4 5h-4v3h4" />
  </Icon>
);
export const IconCard = (props: IconProps) => (
  <Icon {...props}>
    <path d="M3 6h18v12H3zm0 4h18M6 15h4" />
  </Icon>
);
export const IconCheck = (props: IconProps) => (
  <Icon {...props}>
    <path d="M5 12l5 5 9-10" />
  </Icon>
);
export const IconCopy = (props: IconProps) => (
  <Icon {...props}>
    <path d="M9 9h11v11H9zM5 15H4V4h11v1" />
  </Icon>
);
export const IconUp = (props: IconProps) => (
  <Icon {...props}>
    <path d="M6 15l6-6 6 6" />
  </Icon>
);
export const IconDown = (props: IconProps) => (
  <Icon {...props}>
    <path d="M6 9l6 6 6-6" />
  </Icon>
);
export const IconClose = (props: IconProps) => (
  <Icon {...props}>
    <path d="M6 6l12 12M18 6L6 18" />
  </Icon>
);
export const IconPeople = (props: IconProps) => (
  <Icon {...props}>
    <circle cx="9" cy="8" r="3.5" />
    <path d="M2.500 20c1-4 3-5.500 6.500-5.500s5.500 1.500 6.500 5.500M16 5c3 0 3.500 6 0 6.500M17.500 15c2.500.5 3.500 2 4 5" />
  </Icon>
);
export const IconWorld = IconLanguage;
export const IconVoicemail = (props: IconProps) => (
  <Icon {...props}>
    <circle cx="6" cy="12" r="4" />
    <circle cx="18" cy="12" r="4" />
    <path d="M6 16h12" />
  </Icon>
);
export const IconShield = (props: IconProps) => (
  <Icon {...props}>
    <path d="M12 3l8 3v6c0 5-3.500 7.500-8 9-4.500-1.500-8-4-8-9V6zM9 12l2 2 4-4" />
  </Icon>
);
export const IconBox = (props: IconProps) => (
  <Icon {...props}>
    <path d="M4 7l8-4 8 4v10l-8 4-8-4zM4 7l8 4 8-4M12 11v10" />
  </Icon>
);
export const IconDrag = (props: IconProps) => (
  <Icon {...props}>
    <path d="M9 6h.01M9 12h.01M9 18h.01M15 6h.01M15 12h.01M15 18h.01" strokeWidth={2.5} />
  </Icon>
);
export const IconInbox = (props: IconProps) => (
  <Icon {...props}>
    <path d="M4 13l3-8h10l3 8v6H4zm0 0h5l1 3h4l1-3h5" />
  </Icon>
);
export const IconTag = (props: IconProps) => (
  <Icon {...props}>
    <path d="M4 4h8l8 8-8 8-8-8zM8.500 8.500h.01" />
  </Icon>
);
export const IconText = (props: IconProps) => (
  <Icon {...props}>
    <path d="M5 5h14M12 5v14M9 19h6" />
  </Icon>
);
export const IconLock = (props: IconProps) => (
  <Icon {...props}>
    <path d="M6 11h12v9H6zm2.500 0V8a3.500 3.500 0 0 1 7 0v3" />
  </Icon>
);
export const IconIn = (props: IconProps) => (
  <Icon {...props}>
    <path d="M18 6L7 17m0-8v8h8" />
  </Icon>
);
export const IconOut = (props: IconProps) => (
  <Icon {...props}>
    <path d="M6 18L17 7m-8 0h8v8" />
  </Icon>
);

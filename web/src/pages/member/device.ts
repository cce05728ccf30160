export interface Device {
  readonly id: string;
  readonly memberId: string;
  readonly username: string;
  readonly label: string;
  readonly kind: 'sip' | 'webrtc';
  readonly country: string;
  readonly area: string | null;
  readonly locationNumber: string;
  readonly enabled: boolean;
  readonly createdAt: string;
}

/** The answer of making a device, or of a new secret: the only time that it is told. */
export interface DeviceSecret {
  readonly username: string;
  readonly secret: string;
  readonly label?: string;
  readonly sip?: {
    readonly host: string;
    readonly port: number;
    readonly tlsPort: number;
    readonly realm: string;
  };
}

import { SetMetadata } from '@nestjs/common';

const HEALTH_NAME = Symbol('HEALTH_NAME');

/** What a part of the system says of itself: throws (with a message an operator can use) when it can't do its work. */
export interface HealthCheck {
  /** Facts to show beside "up", for example a version. `signal` fires when the deadline of 1 s has passed. */
  check(signal: AbortSignal): Promise<Readonly<Record<string, unknown>>>;
}

/** Makes a provider part of `/health/ready` under this name: the process is ready only when each of them is up. */
export const ReportsHealth = (name: string): ClassDecorator => SetMetadata(HEALTH_NAME, name);

/** The name a class was given by `@ReportsHealth`, if any. */
export const healthNameOf = (target: object): string | undefined => Reflect.getMetadata(HEALTH_NAME, target);

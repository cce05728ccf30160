import type { NextFunction, Request, Response } from 'express';
import type { Draining } from '../life/draining.js';

/**
 * Requests that are being answered. While the process drains, each is told that its connection ends with it, and the process waits
 * for those that there are; not for streams of events, which are ended when it goes.
 */
export function waitsForRequests(draining: Draining) {
  let open = 0;
  let onIdle: () => void = () => undefined;
  draining.onDrain(
    () =>
      new Promise<void>((resolve) => {
        onIdle = resolve;
        if (open === 0) resolve();
      }),
  );
  return (request: Request, response: Response, next: NextFunction): void => {
    if (draining.begun) response.set('connection', 'close');
    if (request.path !== '/v1/events') {
      open += 1;
      response.once('close', () => {
        open -= 1;
        if (open === 0) onIdle();
      });
    }
    next();
  };
}

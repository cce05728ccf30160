import { describe, expect, it } from '@jest/globals';
import { isPushService } from './push-service.js';

describe('where push messages may be posted to', () => {
  it.each([
    'https://fcm.googleapis.com/fcm/send/abc',
    'https://web.push.apple.com/QGx',
    'https://wns2-par02p.notify.windows.com/w/?token=x',
  ])('given_%s_then_yes', (endpoint) => {
    expect(isPushService(endpoint)).toBe(true);
  });

  it('given_a_service_of_ones_own_then_that_origin_and_no_other', () => {
    expect(isPushService('https://127.0.0.1:4000/x', ['https://127.0.0.1:4000'])).toBe(true);
    expect(isPushService('https://127.0.0.1:4001/x', ['https://127.0.0.1:4000'])).toBe(false);
  });

  it.each([
    'http://fcm.googleapis.com/x',
    'https://fcm.googleapis.com.evil.example/x',
    'https://fcm.googleapis.com@10.0.0.1/x',
    'https://fcm.googleapis.com:8443/x',
    'https://127.0.0.1/x',
    'http://169.254.169.254/',
    'nonsense',
  ])('given_%s_then_no', (endpoint) => {
    expect(isPushService(endpoint)).toBe(false);
  });
});

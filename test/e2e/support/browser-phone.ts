import type { Locator, Page } from 'playwright-core';

/** The telephone on a page: its line is up. */
export async function lineReady(page: Page): Promise<void> {
  await page.locator('[data-line=ready]').waitFor();
}

/** The card of the only call, in that stage. */
export const callOn = (page: Page, stage: 'dialling' | 'ringing' | 'talking' | 'ended'): Locator =>
  page.locator(`[data-call=${stage}]`);

/** Resolves when the browser hears that tone in what came over the network. */
export async function hearsTone(page: Page, hertz: number): Promise<void> {
  await page.locator(`[data-call=talking][data-heard="${hertz}"]`).waitFor();
}

export async function dialOn(page: Page, typed: string): Promise<void> {
  await page.getByLabel('Number, domain or e-mail address').fill(typed);
  await page.getByRole('button', { name: 'Call', exact: true }).click();
}

/** Echo and noise suppression would take a steady tone for noise. */
export const plainSound = (page: Page): Promise<void> =>
  page.evaluate(`localStorage.setItem('anydial.phone.sound', '{"clean":false}')`);

/** What the page phones with can be looked at. */
export const PEERS = `
  window.peers = [];
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...given) {
      super(...given);
      peers.push(this);
    }
  };
  window.audios = [];
  window.Audio = class extends Audio {
    constructor() {
      super();
      audios.push(this);
    }
  };`;
/** By which microphone and which speaker the newest call talks; the speakers' names are the form's. */
export const SOUND = `(() => {
  const [{ track }] = peers.at(-1).getSenders();
  const speaker = [...document.querySelectorAll('option')].find(({ value }) => value === audios.at(-1).sinkId);
  return track.label + ' ' + track.readyState + ', ' + speaker?.label;
})()`;
/** By the browser's own statistics: how sound comes and goes (W3C webrtc-stats). */
export const CARRIED = `(async () => {
  const peer = peers.at(-1);
  const stats = [...(await peer.getStats()).values()];
  const of = (type, fits = () => true) => stats.find((one) => one.type === type && fits(one));
  const heard = of('inbound-rtp', ({ kind }) => kind === 'audio');
  const transport = of('transport');
  return {
    codec: of('codec', ({ id }) => id === heard.codecId).mimeType,
    encrypted: transport.dtlsState,
    profile: /^m=audio [0-9]+ ([^ ]+)/m.exec(peer.remoteDescription.sdp)[1],
    path: of('candidate-pair', ({ id }) => id === transport.selectedCandidatePairId).state,
  };
})()`;

/** Another window is in front (a headless browser has none), and what the page tells the system is seen. */
export const WATCHED = `
  Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
  window.told = [];
  window.Notification = class extends Notification {
    constructor(title, options) {
      super(title, options);
      told.push(this);
    }
    close() {
      this.gone = true;
      super.close();
    }
  };`;

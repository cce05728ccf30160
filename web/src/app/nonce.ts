import { setNonce } from 'get-nonce';

/** The server's Content-Security-Policy lets only `<style>` elements with this response's nonce in. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

// What Mantine's dialogues lock scrolling with asks there.
setNonce(nonce);

export const styleNonce = (): string => nonce;

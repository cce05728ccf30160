import { Alert, Button, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Reads a QR code by the camera; what the camera sees never leaves the browser. */
export function QrCamera({ onText }: { readonly onText: (text: string) => void }) {
  const { t } = useTranslation('cards');
  const [stream, setStream] = useState<MediaStream>();
  const [blind, setBlind] = useState(false);
  const found = useRef(onText);
  found.current = onText;
  useEffect(() => {
    if (stream === undefined) return undefined;
    return readFrom(stream, (text) => {
      setStream(undefined);
      found.current(text);
    });
  }, [stream]);
  const look = async () => {
    setBlind(false);
    await navigator.mediaDevices
      .getUserMedia({ video: { facingMode: 'environment' } })
      .then(setStream, () => setBlind(true));
  };
  return (
    <Stack gap="xs">
      {blind && (
        <Alert color="red" variant="light" role="alert" title={t('camera.blind')}>
          {t('camera.blindAbout')}
        </Alert>
      )}
      {stream === undefined ? (
        <Button variant="light" onClick={() => void look()}>
          {t('camera.start')}
        </Button>
      ) : (
        <>
          <Text size="sm" role="status">
            {t('camera.looking')}
          </Text>
          <video
            ref={(video) => {
              if (video !== null) video.srcObject = stream;
            }}
            aria-label={t('camera.picture')}
            style={{ width: '100%', borderRadius: 8 }}
            autoPlay
            muted
            playsInline
          />
          <Button variant="subtle" onClick={() => setStream(undefined)}>
            {t('camera.stop')}
          </Button>
        </>
      )}
    </Stack>
  );
}

/** Looks at picture after picture until one has a QR code, or until stopped; then the camera is let go. */
function readFrom(stream: MediaStream, onText: (text: string) => void): () => void {
  const worker = new Worker(new URL('./qr-reader.ts', import.meta.url), { type: 'module' });
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = stream;
  const canvas = document.createElement('canvas');
  const paper = canvas.getContext('2d', { willReadFrequently: true });
  const look = () => {
    const { videoWidth: width, videoHeight: height } = video;
    if (width === 0 || paper === null) return void requestAnimationFrame(look);
    canvas.width = width;
    canvas.height = height;
    paper.drawImage(video, 0, 0);
    worker.postMessage(paper.getImageData(0, 0, width, height));
  };
  worker.onmessage = ({ data }: MessageEvent<string | null>) => {
    if (data === null) requestAnimationFrame(look);
    else onText(data);
  };
  void video.play().then(look, () => undefined);
  return () => {
    worker.terminate();
    video.srcObject = null;
    for (const track of stream.getTracks()) track.stop();
  };
}

import { create } from 'qrcode';

const WIDTH = 640;
const HEIGHT = 480;
const DOT = 6;

/** What a camera sees that a QR code is held before: one picture, as YUV4MPEG2, which Chromium's fake camera repeats. */
export function qrVideo(text: string): Buffer {
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules;
  const light = Buffer.alloc(WIDTH * HEIGHT, 235);
  const left = Math.floor((WIDTH - size * DOT) / 2);
  const top = Math.floor((HEIGHT - size * DOT) / 2);
  for (let row = 0; row < size * DOT; row++)
    for (let column = 0; column < size * DOT; column++)
      if (data[Math.floor(row / DOT) * size + Math.floor(column / DOT)] === 1)
        light[(top + row) * WIDTH + left + column] = 16;
  const grey = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
  return Buffer.concat([
    Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420\nFRAME\n`),
    light,
    grey,
  ]);
}

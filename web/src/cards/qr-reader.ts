import { BarcodeDetector, prepareZXingModule } from 'barcode-detector/ponyfill';
import reader from 'zxing-wasm/reader/zxing_reader.wasm?url';

// A worker of its own: only here may WebAssembly be compiled, and it comes from our own server.
prepareZXingModule({ overrides: { locateFile: () => reader } });
const detector = new BarcodeDetector({ formats: ['qr_code'] });

/** A picture in, the text of its QR code (or null) out. */
self.onmessage = ({ data }: MessageEvent<ImageData>) => {
  detector.detect(data).then(
    ([found]) => self.postMessage(found?.rawValue ?? null),
    () => self.postMessage(null),
  );
};

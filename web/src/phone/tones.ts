/** Tones that the browser makes itself: the ringing of a call that comes in, and what the caller hears while it rings there. */
export type Tone = 'ring' | 'ringback';

interface Cadence {
  readonly hertz: readonly number[];
  readonly on: number;
  readonly off: number;
  readonly volume: number;
}

/** Ringback as in Korea and North America (ITU-T E.180): 440 + 480 Hz. The ring is ours. */
const CADENCES: Readonly<Record<Tone, Cadence>> = {
  ring: { hertz: [587, 740], on: 1, off: 2, volume: 0.25 },
  ringback: { hertz: [440, 480], on: 1, off: 2, volume: 0.08 },
};

/** Plays a tone until the returned function is called. A browser that plays nothing before a click stays silent. */
export function playTone(tone: Tone, sinkId: string): () => void {
  const { hertz, on, off, volume } = CADENCES[tone];
  const context = new AudioContext();
  const gain = context.createGain();
  gain.gain.value = 0;
  gain.connect(context.destination);
  if (sinkId !== '' && 'setSinkId' in context)
    void (context as AudioContext & { setSinkId(id: string): Promise<void> })
      .setSinkId(sinkId)
      .catch(() => undefined);
  for (const frequency of hertz) {
    const oscillator = context.createOscillator();
    oscillator.frequency.value = frequency;
    oscillator.connect(gain);
    oscillator.start();
  }
  const beat = () => {
    const now = context.currentTime;
    gain.gain.setTargetAtTime(volume, now, 0.02);
    gain.gain.setTargetAtTime(0, now + on, 0.02);
  };
  beat();
  const timer = setInterval(beat, (on + off) * 1_000);
  return () => {
    clearInterval(timer);
    void context.close().catch(() => undefined);
  };
}

/** How loud a stream is, 0 to 1, until stopped; the strongest frequency in Hz beside it. */
export function listenTo(stream: MediaStream, tell: (level: number, hertz: number) => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 2_048;
  context.createMediaStreamSource(stream).connect(analyser);
  const wave = new Float32Array(analyser.fftSize);
  const spectrum = new Uint8Array(analyser.frequencyBinCount);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(wave);
    analyser.getByteFrequencyData(spectrum);
    const power = wave.reduce((sum, value) => sum + value * value, 0) / wave.length;
    const peak = spectrum.indexOf(Math.max(...spectrum));
    // A voice at ordinary distance is about -20 dB: that is three quarters of the meter.
    const level = Math.min(1, Math.max(0, 1 + (10 * Math.log10(power + 1e-10)) / 60));
    tell(level, (peak * context.sampleRate) / analyser.fftSize);
  }, 100);
  return () => {
    clearInterval(timer);
    void context.close().catch(() => undefined);
  };
}

import { Gauge, type Registry } from 'prom-client';

/** One figure that is read when Prometheus asks; NaN when it can't be known just now. */
export function figure(registry: Registry, name: string, help: string, read: () => number): void {
  const gauge: Gauge = new Gauge({ name, help, registers: [registry], collect: () => gauge.set(read()) });
}

export type Labelled<Label extends string> = readonly (readonly [Readonly<Record<Label, string>>, number])[];

/** A figure by labels, all of them read at once; what is not told this time is gone. */
export function figures<Label extends string>(
  registry: Registry,
  about: { readonly name: string; readonly help: string; readonly labels: readonly Label[] },
  read: () => Labelled<Label> | Promise<Labelled<Label>>,
): void {
  const gauge: Gauge<Label> = new Gauge<Label>({
    name: about.name,
    help: about.help,
    labelNames: [...about.labels],
    registers: [registry],
    collect: async () => {
      const told = await read();
      gauge.reset();
      for (const [labels, value] of told) gauge.inc(labels as Record<Label, string>, value);
    },
  });
}

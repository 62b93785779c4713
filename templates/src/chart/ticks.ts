/** Ticks of a value axis: round numbers that enclose the data. */
export interface Ticks {
  min: number;
  max: number;
  step: number;
  decimals: number;
}

export function niceTicks(low: number, high: number, count: number): Ticks {
  if (!(high > low)) {
    if (high > 0) low = 0;
    else if (high < 0) high = 0;
    else high = 1;
  }
  const raw = (high - low) / count;
  const power = Math.pow(10, Math.floor(Math.log10(raw)));
  const unit = raw / power;
  const step = (unit <= 1 ? 1 : unit <= 2 ? 2 : unit <= 2.5 ? 2.5 : unit <= 5 ? 5 : 10) * power;
  const exponent = Math.floor(Math.log10(step) + 1e-9);
  const lead = step / Math.pow(10, exponent);
  const decimals = Math.max(0, -exponent + (Math.abs(lead - 2.5) < 1e-6 ? 1 : 0));
  const tidy = (v: number) => Number(v.toPrecision(12));
  return {
    min: tidy(Math.floor(low / step + 1e-9) * step),
    max: tidy(Math.ceil(high / step - 1e-9) * step),
    step: tidy(step),
    decimals,
  };
}

/** extent is the lowest and highest value the bars or lines reach. */
export function extent(series: (number | null)[][], stacked: boolean[]): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  const rows = Math.max(0, ...series.map((data) => data.length));
  for (let row = 0; row < rows; row++) {
    let up = 0;
    let down = 0;
    series.forEach((data, i) => {
      const v = data[row];
      if (v === null || v === undefined) return;
      if (!stacked[i]) {
        low = Math.min(low, v);
        high = Math.max(high, v);
        return;
      }
      if (v > 0) up += v;
      else down += v;
      low = Math.min(low, down);
      high = Math.max(high, up);
    });
  }
  return low > high ? [0, 0] : [low, high];
}

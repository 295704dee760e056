// Medians, pairs and goals.
export const median = (values) => {
  const rising = values.filter(Number.isFinite).sort((a, b) => a - b);
  const middle = rising.length >> 1;
  return rising.length === 0 ? null : rising.length % 2 ? rising[middle] : (rising[middle - 1] + rising[middle]) / 2;
};

export const rounded = (value, digits = 3) => (value === null ? null : Number(value.toPrecision(digits)));

/** {name: median of each run's figure}. @param figures {name: (run) => number} */
export const medians = (runs, figures) => Object.fromEntries(Object.entries(figures).map(([name, figure]) =>
  [name, rounded(median(runs.map(figure)), 4)]));

/** Of every figure the median of the pairs' ratios, with the least and the largest. */
export const ratios = (pairs, figures) => Object.fromEntries(Object.entries(figures).map(([name, figure]) => {
  const all = pairs.map(({ product, ideal }) => figure(product) / figure(ideal)).filter(Number.isFinite);
  return [name, all.length ? { median: rounded(median(all)), least: rounded(Math.min(...all)),
    most: rounded(Math.max(...all)) } : null];
}));

/** One line of what must hold. `least` or `most` is the limit. */
export const goal = (what, figure, limit) => ({ what, figure, ...limit,
  met: figure !== null && figure !== undefined && (limit.least === undefined || figure >= limit.least)
    && (limit.most === undefined || figure <= limit.most) });

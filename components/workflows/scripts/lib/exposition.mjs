// The text that Prometheus reads from a metrics endpoint.
const SAMPLE = /^([A-Za-z_:][\w:]*)(?:\{((?:[^"}]|"(?:[^"\\]|\\.)*")*)\})?\s+(\S+)(?:\s+(-?\d+(?:\.\d+)?))?(?:\s+#\s.*)?$/;
const LABEL = /([A-Za-z_]\w*)="((?:[^"\\\n]|\\["\\n])*)"(?:,\s*|$)/y;
const COMMENT = /^#(\s|$)/;

/** `{ metrics, labels, problems }`: names of the metrics, names of labels with the metric that has them, and lines that are wrong.
 * @param {string} text */
export function readExposition(text) {
  const metrics = new Set();
  const labels = new Map();
  const problems = [];
  for (const [at, line] of text.split("\n").entries()) {
    if (line.trim() === "" || COMMENT.test(line)) continue;
    const [, name, list = "", value] = SAMPLE.exec(line.trim()) ?? [];
    const names = name === undefined ? undefined : labelNames(list);
    if (names === undefined || !isNumber(value)) {
      problems.push(`line ${at + 1} is no sample: ${line.slice(0, 80)}`);
      continue;
    }
    metrics.add(name);
    for (const label of names) labels.set(label, name);
  }
  return { metrics, labels, problems };
}

function labelNames(list) {
  const names = [];
  for (LABEL.lastIndex = 0; LABEL.lastIndex < list.length; ) {
    const match = LABEL.exec(list);
    if (!match) return undefined;
    names.push(match[1]);
  }
  return names;
}

function isNumber(text) {
  return /^([+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|[+-]?Inf|NaN)$/i.test(text);
}

// Reports of test coverage, in the four forms in which tools of Go, Node and Python write them.

/**
 * Covered and all lines or statements, or undefined where the text is no such report.
 * @param {string} text
 * @returns {{ covered: number, total: number } | undefined}
 */
export function parseCoverage(text) {
  const start = text.trimStart();
  if (start.startsWith("{")) return coveragePy(start);
  if (start.startsWith("<")) return cobertura(start);
  if (start.startsWith("mode: ")) return goProfile(start);
  return lcov(start);
}

function coveragePy(text) {
  try {
    const { covered_lines: covered, num_statements: total } = JSON.parse(text).totals ?? {};
    return sound(covered, total);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function cobertura(text) {
  const [, attributes = ""] = /<coverage\b([^>]*)>/.exec(text) ?? [];
  const attribute = (name) => {
    const [, value] = new RegExp(`\\b${name}="([\\d.]+)"`).exec(attributes) ?? [];
    return value === undefined ? undefined : Number(value);
  };
  return sound(attribute("lines-covered"), attribute("lines-valid"));
}

/** A block that several packages' tests run stands there several times. */
function goProfile(text) {
  const blocks = new Map();
  for (const line of text.split("\n").slice(1)) {
    const [, block, statements, runs] = /^(\S.*:\d+\.\d+,\d+\.\d+) (\d+) (\d+)$/.exec(line.trimEnd()) ?? [];
    if (block === undefined) continue;
    const known = blocks.get(block);
    blocks.set(block, { statements: Number(statements), covered: Number(runs) > 0 || known?.covered === true });
  }
  const all = [...blocks.values()];
  const sum = (some) => some.reduce((total, { statements }) => total + statements, 0);
  return sound(sum(all.filter(({ covered }) => covered)), sum(all));
}

function lcov(text) {
  const sum = (key) => [...text.matchAll(new RegExp(`^${key}:(\\d+)\\r?$`, "gm"))].reduce((total, [, number]) => total + Number(number), 0);
  return /^(TN|SF):/m.test(text) ? sound(sum("LH"), sum("LF")) : undefined;
}

function sound(covered, total) {
  const good = Number.isInteger(covered) && Number.isInteger(total) && covered >= 0 && total > 0 && covered <= total;
  return good ? { covered, total } : undefined;
}

/**
 * A minimum of 70 is missed by 69.996, so the figure is cut and never rounded up.
 * @param {{ covered: number, total: number }} coverage
 * @param {number} minimum
 * @returns {import("./pull-request.mjs").Finding}
 */
export function judgeCoverage({ covered, total }, minimum) {
  const percent = (100 * covered) / total;
  const text = `${(Math.floor(percent * 100) / 100).toFixed(2)} % (${covered} of ${total})`;
  if (percent >= minimum) return { check: "Coverage", level: "pass", text: `${text}, at least ${minimum} %` };
  return { check: "Coverage", level: "fail", text: `${text} is below ${minimum} %; test what the change adds` };
}

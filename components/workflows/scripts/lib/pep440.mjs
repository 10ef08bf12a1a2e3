// Versions of Python packages (PEP 440). A tag such as v1.2.0-beta.1 is the version 1.2.0b1.
const VERSION =
  /^v?(?:(?<epoch>\d+)!)?(?<release>\d+(?:\.\d+){0,7})(?:[-_.]?(?<pre>alpha|beta|preview|pre|rc|a|b|c)[-_.]?(?<preNumber>\d*))?(?:-(?<plainPost>\d+)|[-_.]?(?<post>post|rev|r)[-_.]?(?<postNumber>\d*))?(?:[-_.]?(?<dev>dev)[-_.]?(?<devNumber>\d*))?$/i;
const PHASES = { a: "a", alpha: "a", b: "b", beta: "b", c: "rc", rc: "rc", pre: "rc", preview: "rc" };
const WORDS = { a: "alpha", b: "beta", rc: "rc" };

/** `{ epoch, release, pre, post, dev }`, or undefined where it is none. */
export function parsePython(text) {
  const parts = VERSION.exec(text)?.groups;
  if (!parts) return undefined;
  return {
    epoch: Number(parts.epoch ?? 0),
    release: parts.release.split(".").map(Number),
    pre: parts.pre && [PHASES[parts.pre.toLowerCase()], Number(parts.preNumber)],
    post: parts.plainPost !== undefined ? Number(parts.plainPost) : parts.post && Number(parts.postNumber),
    dev: parts.dev && Number(parts.devNumber),
  };
}

/** A version as indexes write it. */
export function normalVersion(text) {
  const { epoch, release, pre, post, dev } = parsePython(text);
  return [epoch ? `${epoch}!` : "", release.join("."), pre?.join("") ?? "", post === undefined ? "" : `.post${post}`, dev === undefined ? "" : `.dev${dev}`].join("");
}

/** Whether installers pass it over unless they are asked for it. */
export function isPrerelease(text) {
  const { pre, dev } = parsePython(text);
  return pre !== undefined || dev !== undefined;
}

/** Negative where `a` is older. */
export function comparePython(a, b) {
  const [left, right] = [keyOf(parsePython(a)), keyOf(parsePython(b))];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const order = (left[at] ?? 0) - (right[at] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}

/** Names under which its tag may be found, the likeliest first. */
export function tagsOf(version, prefix) {
  const normal = normalVersion(version);
  const { release, pre } = parsePython(version);
  const semantic = pre ? `${release.join(".")}-${WORDS[pre[0]]}.${pre[1]}` : normal;
  return [...new Set([`${prefix}${semantic}`, `${prefix}${normal}`, semantic, normal])];
}

const LENGTH = 8;

// Numbers in the order in which they decide; a release's missing parts are zeros.
function keyOf({ epoch, release, pre, post, dev }) {
  const padded = [...release, ...Array(Math.max(0, LENGTH - release.length)).fill(0)];
  return [epoch, ...padded, phaseOf({ pre, post, dev }), pre?.[1] ?? 0, post ?? -1, dev ?? Number.MAX_SAFE_INTEGER];
}

function phaseOf({ pre, post, dev }) {
  if (pre) return ["a", "b", "rc"].indexOf(pre[0]) + 1;
  return dev !== undefined && post === undefined ? 0 : 4;
}

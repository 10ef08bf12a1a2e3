const NAMES = /(^|_)(token|secret|password|passwd|passphrase|credentials?|api_?key|private_?key|access_?key|auth)(_|$)/i;
const VALUES = /^(gh[pousr]_|github_pat_|npm_|pypi-|glpat-|xox[abprs]-|AKIA|ASIA|sk-|-----BEGIN )/;

/**
 * Whether a build argument looks like a secret. BuildKit's provenance and the image's history show arguments to whoever can
 * pull the image, so such a one is refused; a secret is mounted instead.
 */
export function secretLooking(name: string, value: string): boolean {
  return NAMES.test(name) || VALUES.test(value);
}

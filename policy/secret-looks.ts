/** What a text is, where its form alone says that it is a secret. */
const FORMS: readonly (readonly [what: string, form: RegExp])[] = [
  ["a private key", /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/],
  ["a GitHub token", /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,})/],
  ["a GitLab token", /\bglpat-[A-Za-z0-9_-]{20,}/],
  ["an AWS access key", /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ["a Google API key", /\bAIza[A-Za-z0-9_-]{35}/],
  ["a Slack token", /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/],
  ["a Slack webhook", /\bhooks\.slack\.com\/services\/T[A-Z0-9]+\/B[A-Z0-9]+\/[A-Za-z0-9]{16,}/],
  ["an npm token", /\bnpm_[A-Za-z0-9]{36}/],
  ["a PyPI token", /\bpypi-[A-Za-z0-9_-]{50,}/],
  ["a payment provider's key", /\b[rs]k_live_[A-Za-z0-9]{16,}/],
  ["a signed web token", /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{16,}/],
  ["a password in an address", /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@$<>{}[\]"'`]*:(?!(?:password|passwd|pass|secret|token)@)[^\s/@$<>{}[\]"'`*]{3,}@[A-Za-z0-9[]/],
];

const SECRETIVE = /(?:^|[_.-])(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|API[_-]?KEY|PRIVATE[_-]?KEY|ACCESS[_-]?KEY|CREDENTIALS?)(?:[_.-]?\d+)?$/i;

/** What the text is, undefined where it does not look like a secret. */
export function looksSecret(text: string): string | undefined {
  return FORMS.find(([, form]) => form.test(text))?.[0];
}

/** Whether a name such as DB_PASSWORD has a value of its own: a path, an address, a reference or a switch is none. */
export function namesSecret(name: string, value: string): boolean {
  return SECRETIVE.test(name) && value.length >= 4 && !/^(?:\/|\.\/|[a-z]+:\/\/|\$|true$|false$|none$)/i.test(value);
}

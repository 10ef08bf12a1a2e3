// Licences as packages name them: SPDX, or the long names of PyPI's classifiers.
const LONG_NAMES = { GPL: "GNU General Public License", AGPL: "GNU Affero General Public License", LGPL: "GNU Lesser General Public License", SSPL: "Server Side Public License" };

/** Which of the denied licences a text names; with a choice (`MIT OR GPL-3.0`) only one that is in all alternatives. */
export function deniedBy(text, denied) {
  const verdicts = text.split(/\s+OR\s+/).map((alternative) => denied.find((licence) => names(alternative, licence)));
  return verdicts.every((verdict) => verdict !== undefined) ? verdicts[0] : undefined;
}

/** `GPL` is in `GPL-3.0-only` and `(GPLv3)`, and not in `LGPL-2.1`. */
function names(text, licence) {
  const escaped = licence.replace(/[.+]/g, String.raw`\$&`);
  const short = new RegExp(String.raw`(^|[^A-Za-z])${escaped}($|[^A-Za-z]|v\d)`, "i");
  const long = LONG_NAMES[licence.toUpperCase()];
  return short.test(text) || (long !== undefined && text.toLowerCase().includes(long.toLowerCase()));
}

import { celProblems } from "./cel.ts";
import { isClosedGroup, kindOf, objectMeta } from "./catalogue.ts";
import { decode } from "./decode.ts";
import { fields, isFields, UNKNOWN, type Manifest, type Problem } from "./manifest.ts";
import { required } from "./reasons.ts";
import { base64Problems } from "./rules/configuration.ts";
import { rulesOf } from "./rules/kinds.ts";
import { metadataRules, templateMetadataRules } from "./rules/metadata.ts";
import { judgePod } from "./rules/pod.ts";
import { apply } from "./rules/rule.ts";
import { TEMPLATES } from "./rules/workloads.ts";
import { at, isUnknownAt } from "./select.ts";
import { resolve, type Schema } from "./schema.ts";
import { structural } from "./structural.ts";

export const noMatch = ({ apiVersion, kind }: Manifest): string => `no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(apiVersion)}`;

function podProblems(manifest: Manifest): Problem[] {
  const path = TEMPLATES[manifest.kind];
  if (manifest.kind === "Pod" && manifest["spec"] !== UNKNOWN) return judgePod(manifest, manifest["spec"], "spec");
  if (path === undefined || isUnknownAt(manifest, path)) return [];
  const template = at(manifest, path);
  if (template !== undefined && !isFields(template)) return [];
  const { metadata, spec } = fields(template);
  return [...apply(templateMetadataRules, manifest, metadata, `${path}.metadata`), ...(spec === UNKNOWN ? [] : judgePod(manifest, spec, `${path}.spec`))];
}

/** A built-in kind's spec is there even where nobody wrote it: its Go struct is. */
const whole = (manifest: Manifest, { properties }: Schema): Manifest =>
  (properties?.["spec"] === undefined || (manifest["spec"] !== undefined && manifest["spec"] !== null) ? manifest : { ...manifest, spec: {} });

/**
 * What the API server, asked with fieldValidation=Strict, would say of the manifest; [] when it admits it. As there, a manifest that cannot
 * be decoded is not validated, and a custom kind's webhook sees only what its schema admits. A kind of a group that no schema here knows is left to `references`, which sees the cloud's CRDs.
 */
export function validate(given: Manifest): Problem[] {
  const { apiVersion, kind } = given;
  const known = kindOf(apiVersion, kind);
  const manifest = known === undefined || known.custom ? given : whole(given, resolve(known.schema, known.definitions));
  if (known === undefined) return isClosedGroup(apiVersion) ? [{ path: "", reason: noMatch(manifest) }] : apply(metadataRules, manifest);
  const meta = known.custom ? decode(manifest.metadata, objectMeta().schema, objectMeta().definitions, true, "metadata") : [];
  const undecoded = [...meta, ...decode(manifest, known.schema, known.definitions, !known.custom), ...base64Problems(manifest)];
  if (undecoded.length > 0) return undecoded;
  const structured = [...apply(metadataRules, manifest), ...structural(manifest, known.schema, known.definitions, known.custom)];
  if (known.custom && structured.length > 0) return structured;
  const broken = known.custom ? celProblems(manifest, known.schema, known.definitions) : [];
  if (broken.length > 0) return broken;
  const ruled = [...apply(rulesOf(apiVersion, kind), manifest), ...(known.custom ? [] : podProblems(manifest))];
  const worded = new Set(ruled.map(({ path }) => path));
  return [...structured.filter(({ path, reason }) => reason !== required() || !worded.has(path)), ...ruled];
}

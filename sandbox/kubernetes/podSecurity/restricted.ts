import { fields, list, UNKNOWN, type Fields } from "../manifest.ts";
import { at } from "../select.ts";
import { containersOf, contexts, eachContainer, inUserNamespace, isBad, named, plural, quoted, setters, sorted, type SecurityCheck } from "./standard.ts";

const VOLUMES = new Set(["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim", "projected", "secret"]);
const SECCOMP = new Set(["RuntimeDefault", "Localhost"]);

const escalation = eachContainer("allowPrivilegeEscalation != false", ({ own, security }) => own["securityContext"] !== UNKNOWN && isBad(security["allowPrivilegeEscalation"], (value) => value === false),
  (names) => `${names} must set securityContext.allowPrivilegeEscalation=false`);

const capabilities: SecurityCheck = (spec) => {
  const all = containersOf(spec).filter(({ own }) => own["securityContext"] !== UNKNOWN);
  const addedOf = (security: Fields) => list(at(security, "capabilities.add")).filter((each) => each !== "NET_BIND_SERVICE" && each !== UNKNOWN);
  const keeping = all.filter(({ security }) => isBad(security["capabilities"], (value) => list(fields(value)["drop"]).includes("ALL")));
  const adding = all.filter(({ security }) => addedOf(security).length > 0);
  const details = [
    ...(keeping.length === 0 ? [] : [`${named(keeping.map(({ name }) => name))} must set securityContext.capabilities.drop=["ALL"]`]),
    ...(adding.length === 0 ? [] : [`${named(adding.map(({ name }) => name))} must not include ${quoted(sorted(adding.flatMap(({ security }) => addedOf(security))))} in securityContext.capabilities.add`]),
  ];
  return details.length === 0 ? undefined : { reason: "unrestricted capabilities", detail: details.join("; ") };
};

const volumes: SecurityCheck = (spec) => {
  const typeOf = (volume: Fields): string => Object.keys(volume).find((key) => key !== "name") ?? "emptyDir";
  const bad = list(spec["volumes"]).map(fields).filter((volume) => !VOLUMES.has(typeOf(volume)));
  const types = sorted(bad.map(typeOf));
  return bad.length === 0 ? undefined : { reason: "restricted volume types", detail: `${plural("volume", bad.length)} ${quoted(bad.map((volume) => volume["name"]))} ${bad.length === 1 ? "uses" : "use"} ${plural("restricted volume type", types.length)} ${quoted(types)}` };
};

/** Names of the containers that neither set the field themselves nor inherit it from the pod. */
function unset(spec: Fields, field: string): string[] {
  const pod = spec["securityContext"];
  if (pod === UNKNOWN || fields(pod)[field] !== undefined) return [];
  return containersOf(spec).filter(({ own, security }) => own["securityContext"] !== UNKNOWN && security[field] === undefined).map(({ name }) => name);
}

const nonRoot: SecurityCheck = (spec) => {
  if (inUserNamespace(spec)) return undefined;
  const reason = "runAsNonRoot != true";
  const bad = setters(spec, (security) => security["runAsNonRoot"] === false);
  if (bad !== "") return { reason, detail: `${bad} must not set securityContext.runAsNonRoot=false` };
  const names = unset(spec, "runAsNonRoot");
  return names.length === 0 ? undefined : { reason, detail: `pod or ${named(names)} must set securityContext.runAsNonRoot=true` };
};

const user: SecurityCheck = (spec) => {
  const bad = inUserNamespace(spec) ? "" : setters(spec, (security) => security["runAsUser"] === 0);
  return bad === "" ? undefined : { reason: "runAsUser=0", detail: `${bad} must not set runAsUser=0` };
};

const seccomp: SecurityCheck = (spec) => {
  const reason = "seccompProfile";
  const isOdd = (security: Fields): boolean => security["seccompProfile"] !== undefined && isBad(security["seccompProfile"], (profile) => SECCOMP.has(String(fields(profile)["type"])));
  const bad = setters(spec, isOdd);
  if (bad !== "") return { reason, detail: `${bad} must not set securityContext.seccompProfile.type to ${quoted(sorted(contexts(spec).filter(isOdd).map((security) => at(security, "seccompProfile.type"))))}` };
  const names = unset(spec, "seccompProfile");
  return names.length === 0 ? undefined : { reason, detail: `pod or ${named(names)} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"` };
};

/** Restricted, over baseline; those in `OVERRIDES` stand in the place of a baseline check. */
export const restrictedChecks: Record<string, SecurityCheck> = {
  allowPrivilegeEscalation: escalation, capabilities_restricted: capabilities, restrictedVolumes: volumes, runAsNonRoot: nonRoot, runAsUser: user, seccompProfile_restricted: seccomp,
};
export const OVERRIDES = new Set(["capabilities_baseline", "hostPathVolumes", "seccompProfile_baseline"]);

import type { Finding, PolicyReport } from "./results.ts";

/** A report for people: what stops the update first, then what an exemption covers. */
export function reportText({ exempted, findings, policies, resources, unused }: PolicyReport): string {
  const ordered = [...findings.filter(isMandatory), ...findings.filter((finding) => !isMandatory(finding))];
  return [
    ...ordered.map(({ message, policy, resource, severity }) => `${severity.padEnd(9)}  ${policy}  ${resource}: ${message}`),
    ...exempted.map(({ exempt, message, policy, resource }) => `exempt     ${policy}  ${resource}: ${message} (until ${exempt?.until}: ${exempt?.reason})`),
    ...unused.map(({ policy, resource, until }) => `unused     ${policy}  ${resource}: an exemption until ${until} that covers nothing; remove it from slipway:policy`),
    `${findings.length === 0 ? "nothing" : findings.length} found by ${policies} policies in ${resources} resources${exempted.length === 0 ? "" : `; ${exempted.length} exempt`}`,
  ].join("\n");
}

export function isMandatory({ severity }: Finding): boolean {
  return severity === "mandatory";
}

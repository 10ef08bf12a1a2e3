import { answerOf } from "./exemptions.ts";
import { policies } from "./rules/index.ts";
import type { Complaint, Exemption, Finding, Policy, PolicyReport, PolicySettings, Resource } from "./types.ts";

/** Judges a whole stack as it is about to be. `now` decides which exemptions have expired. */
export function judge(stack: readonly Resource[], settings: PolicySettings, now: Date): PolicyReport {
  const used = new Set<Exemption>();
  const all = stack.flatMap((resource) => policies.flatMap((policy) => {
    const { findings, by } = judgeOne(policy, resource, settings, stack, now);
    by.forEach((exemption) => used.add(exemption));
    return findings;
  }));
  return {
    findings: all.filter(({ exempt }) => exempt === undefined),
    exempted: all.filter(({ exempt }) => exempt !== undefined),
    unused: settings.exemptions.filter((exemption) => !used.has(exemption)),
    resources: stack.length,
    policies: policies.length,
  };
}

/** What one policy says of one resource, and the exemptions that it met, expired ones included. */
export function judgeOne(policy: Policy, resource: Resource, settings: PolicySettings, stack: readonly Resource[], now: Date): { findings: Finding[]; by: Exemption[] } {
  const complaints = policy.judge(resource, settings, stack);
  if (complaints.length === 0) return { findings: [], by: [] };
  const { exempt, remark, by } = answerOf(settings.exemptions, policy.name, resource.name, now);
  const findings = complaints.map((complaint): Finding => ({
    policy: policy.name,
    severity: policy.severity,
    urn: resource.urn,
    type: resource.type,
    resource: resource.name,
    message: `${complaintText(complaint)}${remark}`,
    ...(exempt !== undefined && { exempt }),
  }));
  return { findings, by };
}

function complaintText({ path, wrong, got, todo }: Complaint): string {
  return `${path} ${wrong}${got === undefined ? "" : `, got ${JSON.stringify(got)}`}; ${todo}`;
}

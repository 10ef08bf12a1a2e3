import { PolicyPack } from "@pulumi/policy";
import type { Policies } from "@pulumi/policy";
import { judgeOne } from "./judge.ts";
import { policies } from "./rules/index.ts";
import { configResources, settingsOf } from "./stack-config.ts";
import type { Policy, Resource } from "./types.ts";

/** Under this key the SDK hands out the values behind its proxy, which throws at each one that is not known yet. */
const BEHIND = "__getSpecialProxyTarget";

const config: Record<string, string> = JSON.parse(process.env["PULUMI_CONFIG"] ?? "{}");
const settings = settingsOf(config);
const configuration = configResources(config);

function resourceOf({ urn, type, name, props }: { urn: string; type: string; name: string; props: Record<string, unknown> }): Resource {
  const plain = props[BEHIND];
  return { urn, type, name, properties: typeof plain === "object" && plain !== null ? { ...plain } : props };
}

function messages(policy: Policy, resource: Resource, stack: readonly Resource[]): string[] {
  return judgeOne(policy, resource, settings, stack, new Date()).findings.flatMap(({ exempt, message }) => (exempt === undefined ? [message] : []));
}

new PolicyPack("slipway", {
  policies: policies.map((policy): Policies[number] => {
    const { name, description, severity: enforcementLevel, reason } = policy;
    const described = { name, description: `${description}.`, enforcementLevel, remediationSteps: reason };
    switch (policy.about) {
      case "resource":
        return {
          ...described,
          validateResource: (args, report) => messages(policy, resourceOf(args), []).forEach((message) => report(message)),
          // The engine asks about resources alone, and configuration is none.
          validateStack: (_args, report) => judgeAll(policy, configuration, report),
        };
      case "stack":
        return { ...described, validateStack: ({ resources }, report) => judgeAll(policy, resources.map(resourceOf), report) };
    }
  }),
});

function judgeAll(policy: Policy, stack: readonly Resource[], report: (message: string, urn?: string) => void): void {
  for (const resource of stack) for (const message of messages(policy, resource, stack)) report(message, resource.urn);
}

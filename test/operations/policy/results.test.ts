import { describe, expect, test } from "@jest/globals";
import { readPlan } from "../../../operations/policy/read-plan.ts";
import { plannedResources, policyResults } from "../../../operations/policy/results.ts";
import type { PlannedStep } from "../../../operations/policy/results.ts";
import { reportText } from "../../../operations/policy/words.ts";

const TYPE = "github:index/workflowRepositoryPermissions:WorkflowRepositoryPermissions";
const urn = (name: string) => `urn:pulumi:sandbox::slipway::${TYPE}::${name}`;
const step = (op: string, name: string, value = "write"): PlannedStep => ({ op, urn: urn(name), type: TYPE, new: { inputs: { defaultWorkflowPermissions: value } } });
const TODAY = new Date("2026-11-21T12:00:00Z");
const exemptions = (...list: object[]) => ({ "github:owner": "acme", "slipway:policy": JSON.stringify({ exemptions: list }) });
const EXEMPTION = { policy: "workflow-permissions", resource: "shop-token", reason: "its release commits", until: "2026-12-31" };
const WRITE = 'defaultWorkflowPermissions lets every workflow write everything, got "write"; set it to read';

describe("what a plan leaves", () => {
  test("is judged: created, changed, replaced, imported and unchanged", () => {
    const steps = ["create", "update", "create-replacement", "import", "same"].map((op) => step(op, op));
    expect(plannedResources(steps).map(({ name }) => name)).toEqual(["create", "update", "create-replacement", "import", "same"]);
  });

  test("has nothing that goes or is only read", () => {
    const gone = ["delete", "delete-replaced", "discard", "discard-replaced", "read", "read-replacement", "read-discard", "remove-pending-replace"].map((op) => step(op, op));
    expect(plannedResources([...gone, { op: "same", urn: urn("provider"), type: TYPE }])).toEqual([]);
  });

  test("has a replaced resource once, as it is going to be", () => {
    const resources = plannedResources([step("create-replacement", "shop-token", "read"), step("replace", "shop-token", "read"), step("delete-replaced", "shop-token")]);
    expect(resources).toEqual([{ urn: urn("shop-token"), type: TYPE, name: "shop-token", properties: { defaultWorkflowPermissions: "read" } }]);
  });
});

describe("a report for people", () => {
  test("puts what stops the update first, and names exemptions with their reasons", () => {
    const pod = { op: "create", urn: "urn:pulumi:sandbox::slipway::kubernetes:apps/v1:DaemonSet::agent", type: "kubernetes:apps/v1:DaemonSet", new: { inputs: {
      metadata: { namespace: "shop" }, spec: { template: { spec: { containers: [{ readinessProbe: {} , image: "ghcr.io/acme/agent:v1", resources: { requests: { cpu: 1, memory: 1 }, limits: { memory: 1 } } }] } } },
    } } };
    const config = exemptions(EXEMPTION, { ...EXEMPTION, policy: "pods-restricted", resource: "agent" }, { ...EXEMPTION, policy: "mesh-mtls-strict", resource: "agent", until: "2026-11-01" }, { ...EXEMPTION, resource: "gone" });
    expect(reportText(policyResults({ config, steps: [pod, step("same", "shop-token")] }, TODAY)).split("\n")).toEqual([
      'mandatory  images-pinned  agent: spec.template.spec.containers.0.image is not named by its digest, got "ghcr.io/acme/agent:v1"; write it as <repository>@sha256:<digest>, which crane digest tells',
      "mandatory  mesh-mtls-strict  agent: spec.template.metadata.labels are selected by no PeerAuthentication; declare one with mode STRICT for its pods or its namespace; its exemption (its release commits) expired on 2026-11-01",
      "advisory   probes-set  agent: spec.template.spec.containers.0.livenessProbe is missing, and so is a startupProbe; add one that fails when only a restart helps",
      "exempt     pods-restricted  agent: spec.template.spec.containers.0.securityContext.allowPrivilegeEscalation lets a process gain rights; set it to false (until 2026-12-31: its release commits)",
      "exempt     pods-restricted  agent: spec.template.spec.containers.0.securityContext.runAsNonRoot lets the process be root; set it to true (until 2026-12-31: its release commits)",
      "exempt     pods-restricted  agent: spec.template.spec.containers.0.securityContext.capabilities.drop keeps capabilities; set it to [ALL] (until 2026-12-31: its release commits)",
      "exempt     pods-restricted  agent: spec.template.spec.containers.0.securityContext.seccompProfile.type allows every system call; set it to RuntimeDefault (until 2026-12-31: its release commits)",
      `exempt     workflow-permissions  shop-token: ${WRITE} (until 2026-12-31: its release commits)`,
      "unused     workflow-permissions  gone: an exemption until 2026-12-31 that covers nothing; remove it from slipway:policy",
      "3 found by 15 policies in 4 resources; 5 exempt",
    ]);
  });

  test("says that there is nothing", () => {
    expect(reportText(policyResults({ config: {}, steps: [step("same", "shop-token", "read")] }, TODAY))).toBe("nothing found by 15 policies in 1 resources");
  });
});

describe("pulumi's preview", () => {
  test("is read", () => {
    const printed = { config: { "github:owner": "acme" }, steps: [{ op: "same", urn: urn("a"), newState: { type: TYPE, inputs: { a: 1 } } }, { op: "same", urn: urn("b"), newState: { type: TYPE } }, { op: "delete", urn: urn("c"), oldState: {} }] };
    expect(readPlan(JSON.stringify(printed))).toEqual({
      config: { "github:owner": "acme" },
      steps: [{ op: "same", urn: urn("a"), type: TYPE, new: { inputs: { a: 1 } } }, { op: "same", urn: urn("b"), type: TYPE, new: { inputs: {} } }, { op: "delete", urn: urn("c"), type: "" }],
    });
    expect(readPlan("{}")).toEqual({ config: {}, steps: [] });
  });

  test.each(["", "Previewing update", "[]", '{"steps":[{}]}'])("is not %j", (text) => {
    expect(() => readPlan(text)).toThrow("the preview: is not what pulumi preview --json --show-sames prints; make it anew");
  });
});

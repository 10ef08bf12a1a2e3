import { describe, expect, test } from "@jest/globals";
import proxy from "@pulumi/policy/proxy.js";
import type { Resource } from "../../policy/types.ts";
import { container, deployment, DIGEST, object, pod, said, UNKNOWN } from "./stack.ts";

const CONTAINER = "web: spec.template.spec.containers.0";
const with1 = (changes: Record<string, unknown>) => [deployment(pod({ containers: [container(changes)] }))];

describe("images-pinned", () => {
  const todo = "write it as <repository>@sha256:<digest>, which crane digest tells";

  test("a digest passes, and so does an image that only the update tells", () => {
    expect(said("images-pinned", [deployment(), ...with1({ image: UNKNOWN })])).toEqual([]);
  });

  test.each(Object.entries(proxy).filter(([name, value]) => /^unknown.*Value$/.test(name) && typeof value === "string"))("%s of the SDK passes", (_, image) => {
    expect(said("images-pinned", with1({ image }))).toEqual([]);
  });

  test.each([
    ["a tag", "ghcr.io/acme/web:v1"],
    ["nothing behind the name", "ghcr.io/acme/web"],
    ["a digest of another length", "ghcr.io/acme/web@sha256:abc"],
    ["a digest in the middle", `ghcr.io/acme/web@${DIGEST}:v1`],
  ])("%s does not", (_, image) => {
    expect(said("images-pinned", with1({ image }))).toEqual([`${CONTAINER}.image is not named by its digest, got "${image}"; ${todo}`]);
  });

  test("a container without an image does not", () => {
    expect(said("images-pinned", with1({ image: undefined }))).toEqual([`${CONTAINER}.image is not named by its digest; ${todo}`]);
  });

  test("what runs before the others counts as well, in every kind of workload", () => {
    const spec = { initContainers: [{ image: "init" }], containers: [{ image: "main" }] };
    const template = { spec };
    const stack = [
      ...["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"].map((kind) => object(`apps/v1:${kind}`, kind, { spec: { template } })),
      object("core/v1:ReplicationController", "ReplicationController", { spec: { template } }),
      object("batch/v1:Job", "Job", { spec: { template } }),
      object("batch/v1:CronJob", "CronJob", { spec: { jobTemplate: { spec: { template } } } }),
      object("core/v1:Pod", "Pod", { spec }),
      object("core/v1:Service", "Service", { spec: { template } }),
    ];
    const lines = (kind: string, path: string) => [
      `${kind}: ${path}.initContainers.0.image is not named by its digest, got "init"; ${todo}`,
      `${kind}: ${path}.containers.0.image is not named by its digest, got "main"; ${todo}`,
    ];
    expect(said("images-pinned", stack)).toEqual([
      ...["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job"].flatMap((kind) => lines(kind, "spec.template.spec")),
      ...lines("CronJob", "spec.jobTemplate.spec.template.spec"),
      ...lines("Pod", "spec"),
    ]);
  });
});

describe("images-from-registries", () => {
  const wrong = "comes from a registry that is not allowed";

  test("an allowed registry passes, and so does an image that only the update tells", () => {
    expect(said("images-from-registries", [deployment(), ...with1({ image: UNKNOWN })])).toEqual([]);
    expect(said("images-from-registries", with1({ image: "quay.io/tools/web" }), { registries: ["ghcr.io/acme", "quay.io"] })).toEqual([]);
  });

  test.each(["docker.io/acme/web", "web", "ghcr.io/acme-evil/web", "ghcr.io/acme", "evil/ghcr.io/acme/web"])("%s does not", (image) => {
    const todo = "push it to ghcr.io/acme, or add its registry to slipway:policy registries";
    expect(said("images-from-registries", with1({ image }))).toEqual([`${CONTAINER}.image ${wrong}, got "${image}"; ${todo}`]);
  });

  test("all allowed ones are told", () => {
    expect(said("images-from-registries", with1({ image: "web" }), { registries: ["ghcr.io/acme", "quay.io"] }))
      .toEqual([`${CONTAINER}.image ${wrong}, got "web"; push it to ghcr.io/acme or quay.io, or add its registry to slipway:policy registries`]);
  });
});

describe("pods-restricted", () => {
  const POD = "web: spec.template.spec";
  const CONTEXT = `${CONTAINER}.securityContext`;
  const context = (changes: Record<string, unknown>) => with1({ securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] }, ...changes } });
  const shared = (securityContext: Record<string, unknown>) => [deployment(pod({ securityContext }))];
  const SECCOMP = { type: "RuntimeDefault" };

  test("pods that keep to it pass", () => {
    expect(said("pods-restricted", [deployment(), object("core/v1:Service", "web", { spec: { hostNetwork: true } })])).toEqual([]);
    expect(said("pods-restricted", context({ capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] }, seccompProfile: { type: "Localhost" } }))).toEqual([]);
    expect(said("pods-restricted", with1({ ports: [{ containerPort: 80 }, { containerPort: 81, hostPort: 0 }] }))).toEqual([]);
    expect(said("pods-restricted", [object("apps/v1:Deployment", "later", { spec: { template: { spec: UNKNOWN } } })])).toEqual([]);
  });

  test.each(["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim", "projected", "secret"])("a volume of the kind %s passes", (kind) => {
    expect(said("pods-restricted", [deployment(pod({ volumes: [{ name: "volume", [kind]: {} }] }))])).toEqual([]);
  });

  test("what only the update tells passes", () => {
    const whole = [with1({ securityContext: UNKNOWN }), [deployment(pod({ securityContext: UNKNOWN, containers: [container({ securityContext: {} })] }))]];
    const parts = ["allowPrivilegeEscalation", "capabilities", "privileged"].map((field) => context({ [field]: UNKNOWN }));
    const given = [{ runAsNonRoot: UNKNOWN, seccompProfile: SECCOMP }, { runAsNonRoot: true, seccompProfile: UNKNOWN }, { runAsNonRoot: true, seccompProfile: { type: UNKNOWN } }].map(shared);
    for (const stack of [...whole, ...parts, ...given]) expect(said("pods-restricted", stack)).toEqual([]);
    const port = with1({ securityContext: UNKNOWN, ports: [{ hostPort: 80 }] });
    expect(said("pods-restricted", port)).toEqual([`${CONTAINER}.ports.0.hostPort takes a port of the node, got 80; leave it out and use a Service`]);
    expect(said("resources-set", with1({ resources: UNKNOWN }))).toEqual([]);
  });

  test("a container may say for itself what its pod does not", () => {
    const own = { securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] }, runAsNonRoot: true, seccompProfile: SECCOMP } };
    expect(said("pods-restricted", [deployment(pod({ securityContext: {}, containers: [container(own)] }))])).toEqual([]);
  });

  test.each([
    ["the node's network", [deployment(pod({ hostNetwork: true }))], `${POD}.hostNetwork shares the node's own, got true; leave it out`],
    ["the node's processes", [deployment(pod({ hostPID: true }))], `${POD}.hostPID shares the node's own, got true; leave it out`],
    ["the node's memory", [deployment(pod({ hostIPC: true }))], `${POD}.hostIPC shares the node's own, got true; leave it out`],
    ["a folder of the node", [deployment(pod({ volumes: [{ name: "tmp", emptyDir: {} }, { name: "root", hostPath: { path: "/" } }] }))],
      `${POD}.volumes.1.hostPath is a volume of the node or its network; use a persistentVolumeClaim, emptyDir, configMap or secret`],
    ["every right", context({ privileged: true }), `${CONTEXT}.privileged has every right on the node, got true; leave it out`],
    ["more rights", context({ allowPrivilegeEscalation: true }), `${CONTEXT}.allowPrivilegeEscalation lets a process gain rights, got true; set it to false`],
    ["nothing said of more rights", context({ allowPrivilegeEscalation: undefined }), `${CONTEXT}.allowPrivilegeEscalation lets a process gain rights; set it to false`],
    ["nothing said of root", shared({ seccompProfile: SECCOMP }), `${CONTEXT}.runAsNonRoot lets the process be root; set it to true`],
    ["root allowed by the container alone", context({ runAsNonRoot: false }), `${CONTEXT}.runAsNonRoot lets the process be root, got false; set it to true`],
    ["root by number", shared({ runAsNonRoot: true, runAsUser: 0, seccompProfile: SECCOMP }), `${CONTEXT}.runAsUser is root, got 0; set another user's number`],
    ["capabilities that are kept", context({ capabilities: undefined }), `${CONTEXT}.capabilities.drop keeps capabilities; set it to [ALL]`],
    ["some capabilities dropped", context({ capabilities: { drop: ["NET_RAW"] } }), `${CONTEXT}.capabilities.drop keeps capabilities, got ["NET_RAW"]; set it to [ALL]`],
    ["capabilities added", context({ capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE", "SYS_ADMIN"] } }),
      `${CONTEXT}.capabilities.add gives more than NET_BIND_SERVICE, got ["SYS_ADMIN"]; leave them out`],
    ["nothing said of system calls", shared({ runAsNonRoot: true }), `${CONTEXT}.seccompProfile.type allows every system call; set it to RuntimeDefault`],
    ["every system call", context({ seccompProfile: { type: "Unconfined" } }), `${CONTEXT}.seccompProfile.type allows every system call, got "Unconfined"; set it to RuntimeDefault`],
    ["a port of the node", with1({ ports: [{ containerPort: 80 }, { containerPort: 81, hostPort: 81 }] }), `${CONTAINER}.ports.1.hostPort takes a port of the node, got 81; leave it out and use a Service`],
  ])("%s does not", (_, stack: Resource[], line) => {
    expect(said("pods-restricted", stack)).toEqual([line]);
  });

  test("a namespace enforces it", () => {
    const label = "pod-security.kubernetes.io/enforce";
    const namespace = (labels: Record<string, unknown>) => [object("core/v1:Namespace", "shop", { metadata: { labels } })];
    expect(said("pods-restricted", [...namespace({ [label]: "restricted" }), ...namespace({ [label]: UNKNOWN })])).toEqual([]);
    expect(said("pods-restricted", namespace({ [label]: "baseline" }))).toEqual([`shop: metadata.labels.${label} does not enforce the restricted standard, got "baseline"; set it to restricted`]);
    expect(said("pods-restricted", namespace({}))).toEqual([`shop: metadata.labels.${label} does not enforce the restricted standard; set it to restricted`]);
  });
});

describe("resources-set", () => {
  test("all three pass", () => {
    expect(said("resources-set", [deployment()])).toEqual([]);
  });

  test("each one that is missing is told", () => {
    expect(said("resources-set", with1({ resources: undefined }))).toEqual([
      `${CONTAINER}.resources.requests.cpu asks for no CPU, so that the scheduler places the pod anywhere; set what it uses on a usual day, such as 200m`,
      `${CONTAINER}.resources.requests.memory asks for no memory, so that it is the first to be evicted; set what it uses on a usual day, such as 256Mi`,
      `${CONTAINER}.resources.limits.memory may take all of the node's memory; set what it may not exceed, such as 512Mi`,
    ]);
  });

  test("a container that runs before the others may do without", () => {
    expect(said("resources-set", [deployment(pod({ initContainers: [container({ resources: undefined })] }))])).toEqual([]);
  });
});

describe("probes-set", () => {
  test("a readiness probe with a liveness or a startup probe passes", () => {
    expect(said("probes-set", [deployment(), ...with1({ livenessProbe: undefined, startupProbe: {} })])).toEqual([]);
  });

  test.each(["Deployment", "StatefulSet", "DaemonSet"])("a %s without them does not", (kind) => {
    expect(said("probes-set", [object(`apps/v1:${kind}`, "web", { spec: { template: { spec: { containers: [{}] } } } })])).toEqual([
      `${CONTAINER}.readinessProbe is missing; add one that fails while the pod cannot answer`,
      `${CONTAINER}.livenessProbe is missing, and so is a startupProbe; add one that fails when only a restart helps`,
    ]);
  });

  test("a job needs none", () => {
    expect(said("probes-set", [object("batch/v1:Job", "job", { spec: { template: { spec: { containers: [{}] } } } })])).toEqual([]);
  });
});

describe("production-redundant", () => {
  const budget = (specification: Record<string, unknown> = { maxUnavailable: 1 }, changes: Record<string, unknown> = {}) => (
    object("policy/v1:PodDisruptionBudget", "web-budget", { spec: { selector: { matchLabels: { app: "web" } }, ...specification }, ...changes })
  );
  const scaler = (minReplicas: unknown, target: Record<string, unknown> = { kind: "Deployment", name: "web" }, metadata: Record<string, unknown> = {}) => (
    object("autoscaling/v2:HorizontalPodAutoscaler", "web-scaler", { metadata, spec: { minReplicas, scaleTargetRef: target } })
  );
  const few = "leaves nothing when one pod is lost";
  const todo = "declare a PodDisruptionBudget for its pods with maxUnavailable 1 or 25%";

  test.each<[string, Resource[]]>([
    ["two pods and a budget", [deployment(), budget()]],
    ["an autoscaler from two", [deployment(pod(), { replicas: undefined }), scaler(2), budget()]],
    ["a number that only the update tells", [deployment(pod(), { replicas: UNKNOWN }), budget()]],
    ["labels that only the update tells", [object("apps/v1:Deployment", "later", { spec: { replicas: 2, template: { metadata: { labels: UNKNOWN } } } })]],
    ["a workload that was put away", [deployment(pod(), { replicas: 0 }), budget()]],
    ["a budget of a quarter", [deployment(), budget({ maxUnavailable: "25%" })]],
    ["a budget that keeps one", [deployment(), budget({ minAvailable: 1 })]],
    ["one budget of two that keeps some", [deployment(), budget({ maxUnavailable: "100%" }), budget()]],
    ["another kind", [object("apps/v1:DaemonSet", "web", { spec: {} })]],
  ])("%s pass", (_, stack) => {
    expect(said("production-redundant", stack)).toEqual([]);
  });

  test("where nothing is production, everything passes; where the namespace is named, nothing changes", () => {
    const stack = [deployment(pod(), { replicas: 1 }), budget()];
    expect(said("production-redundant", stack, { production: { environments: [], namespaces: ["other"] } })).toEqual([]);
    expect(said("production-redundant", stack, { production: { environments: [], namespaces: ["other", "shop"] } })).toHaveLength(1);
  });

  test.each<[string, Resource[], string]>([
    ["one pod", [deployment(pod(), { replicas: 1 }), budget()], `web: spec.replicas ${few}, got 1; set it to 2 or more`],
    ["no number, which is one", [deployment(pod(), { replicas: undefined }), budget()], `web: spec.replicas ${few}, got 1; set it to 2 or more`],
    ["an autoscaler from one", [deployment(), scaler(1), budget()], `web: spec.minReplicas of web-scaler ${few}, got 1; set it to 2 or more`],
    ["an autoscaler that does not say", [deployment(), scaler(undefined), budget()], `web: spec.minReplicas of web-scaler ${few}, got 1; set it to 2 or more`],
    ["another's autoscaler", [deployment(pod(), { replicas: 1 }), scaler(2, { kind: "Deployment", name: "other" }), budget()], `web: spec.replicas ${few}, got 1; set it to 2 or more`],
    ["an autoscaler of another kind", [deployment(pod(), { replicas: 1 }), scaler(2, { kind: "StatefulSet", name: "web" }), budget()], `web: spec.replicas ${few}, got 1; set it to 2 or more`],
    ["an autoscaler of another namespace", [deployment(pod(), { replicas: 1 }), scaler(2, { kind: "Deployment", name: "web" }, { namespace: "other" }), budget()], `web: spec.replicas ${few}, got 1; set it to 2 or more`],
    ["no budget", [deployment()], `web: spec.template.metadata.labels are selected by no PodDisruptionBudget; ${todo}`],
    ["another's budget", [deployment(), budget({ selector: { matchLabels: { app: "web", version: "r2" } }, maxUnavailable: 1 })], `web: spec.template.metadata.labels are selected by no PodDisruptionBudget; ${todo}`],
    ["a budget of another namespace", [deployment(), budget({ maxUnavailable: 1 }, { metadata: { namespace: "other" } })], `web: spec.template.metadata.labels are selected by no PodDisruptionBudget; ${todo}`],
    ["a budget that takes all", [deployment(), budget({ maxUnavailable: "100%" })], `web: spec of web-budget lets all pods be taken at once; ${todo}`],
    ["a budget that keeps none", [deployment(), budget({ minAvailable: 0 })], `web: spec of web-budget lets all pods be taken at once; ${todo}`],
    ["a budget that keeps no share", [deployment(), budget({ minAvailable: "0%" })], `web: spec of web-budget lets all pods be taken at once; ${todo}`],
    ["budgets that say nothing", [deployment(), budget({}), budget({})], `web: spec of web-budget, web-budget lets all pods be taken at once; ${todo}`],
  ])("%s does not", (_, stack, line) => {
    expect(said("production-redundant", stack)).toEqual([line]);
  });

  test("a StatefulSet is judged in the namespace default where it names none", () => {
    const set = object("apps/v1:StatefulSet", "db", { metadata: { namespace: undefined }, spec: { template: { metadata: { labels: {} } } } });
    expect(said("production-redundant", [set], { production: { environments: [], namespaces: ["default"] } })).toEqual([
      `db: spec.replicas ${few}, got 1; set it to 2 or more`,
      `db: spec.template.metadata.labels are selected by no PodDisruptionBudget; ${todo}`,
    ]);
  });
});

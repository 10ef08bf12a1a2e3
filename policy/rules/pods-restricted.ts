import { at, fields, isUnknown, items } from "../values.ts";
import type { Complaint, ResourcePolicy } from "../types.ts";
import { containersOf, kindOf, podsOf } from "../workloads.ts";
import type { Container, Pods } from "../workloads.ts";

const VOLUMES = new Set(["name", "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim", "projected", "secret"]);
const ENFORCE = "pod-security.kubernetes.io/enforce";
const CONTEXT = "securityContext";

export const podsRestricted: ResourcePolicy = {
  name: "pods-restricted",
  about: "resource",
  severity: "mandatory",
  description: "Pods keep to Kubernetes' restricted standard, and their namespace enforces it",
  reason: "A process that breaks out of a container has the rights that its pod was given",
  judge(resource) {
    if (kindOf(resource) === "Namespace") return namespace(at(resource.properties, "metadata", "labels", ENFORCE));
    const pods = podsOf(resource);
    if (pods === undefined || isUnknown(pods.specification)) return [];
    return [...sharing(pods), ...volumes(pods), ...containersOf(pods, "all").flatMap((container) => contained(pods, container))];
  },
};

function namespace(level: unknown): Complaint[] {
  if (level === "restricted" || isUnknown(level)) return [];
  return [{ path: `metadata.labels.${ENFORCE}`, wrong: "does not enforce the restricted standard", got: level, todo: "set it to restricted" }];
}

function sharing({ path, specification }: Pods): Complaint[] {
  return ["hostNetwork", "hostPID", "hostIPC"].flatMap((field) => (
    at(specification, field) === true ? [{ path: `${path}.${field}`, wrong: "shares the node's own", got: true, todo: "leave it out" }] : []
  ));
}

function volumes({ path, specification }: Pods): Complaint[] {
  return items(at(specification, "volumes")).flatMap((volume, index) => (
    Object.keys(fields(volume)).filter((key) => !VOLUMES.has(key)).map((kind): Complaint => (
      { path: `${path}.volumes.${index}.${kind}`, wrong: "is a volume of the node or its network", todo: "use a persistentVolumeClaim, emptyDir, configMap or secret" }
    ))
  ));
}

function contained(pods: Pods, { path, value }: Container): Complaint[] {
  if (isUnknown(value[CONTEXT]) || isUnknown(at(pods.specification, CONTEXT))) return hostPorts(path, value);
  const own = fields(value[CONTEXT]);
  const shared = fields(at(pods.specification, CONTEXT));
  const given = (field: string) => own[field] ?? shared[field];
  const complaint = (field: string, wrong: string, got: unknown, todo: string): Complaint => ({ path: `${path}.${CONTEXT}.${field}`, wrong, got, todo });
  const seccomp = at(given("seccompProfile"), "type");
  const dropped = at(own["capabilities"], "drop");
  const found: (Complaint | false)[] = [
    own["privileged"] === true && complaint("privileged", "has every right on the node", true, "leave it out"),
    wrong(own["allowPrivilegeEscalation"], [false]) && complaint("allowPrivilegeEscalation", "lets a process gain rights", own["allowPrivilegeEscalation"], "set it to false"),
    wrong(given("runAsNonRoot"), [true]) && complaint("runAsNonRoot", "lets the process be root", given("runAsNonRoot"), "set it to true"),
    given("runAsUser") === 0 && complaint("runAsUser", "is root", 0, "set another user's number"),
    !isUnknown(dropped) && !items(dropped).includes("ALL") && complaint("capabilities.drop", "keeps capabilities", dropped, "set it to [ALL]"),
    wrong(seccomp, ["RuntimeDefault", "Localhost"]) && complaint("seccompProfile.type", "allows every system call", seccomp, "set it to RuntimeDefault"),
  ];
  return [...found.filter((each) => each !== false), ...added(path, own), ...hostPorts(path, value)];
}

function wrong(value: unknown, right: readonly unknown[]): boolean {
  return !isUnknown(value) && !right.includes(value);
}

function added(path: string, own: Record<string, unknown>): Complaint[] {
  const more = items(at(own["capabilities"], "add")).filter((name) => name !== "NET_BIND_SERVICE");
  if (more.length === 0) return [];
  return [{ path: `${path}.${CONTEXT}.capabilities.add`, wrong: "gives more than NET_BIND_SERVICE", got: more, todo: "leave them out" }];
}

function hostPorts(path: string, { ports }: Record<string, unknown>): Complaint[] {
  return items(ports).flatMap((port, index): Complaint[] => {
    const hostPort = fields(port)["hostPort"];
    return hostPort === undefined || hostPort === 0 ? [] : [{ path: `${path}.ports.${index}.hostPort`, wrong: "takes a port of the node", got: hostPort, todo: "leave it out and use a Service" }];
  });
}

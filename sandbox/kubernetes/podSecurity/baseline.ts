import { fields, isEmpty, list, text, type Fields } from "../manifest.ts";
import { at } from "../select.ts";
import { containersOf, contexts, eachContainer, inUserNamespace, named, plural, quoted, setters, sorted, type SecurityCheck } from "./standard.ts";

const DEFAULT_CAPABILITIES = new Set([
  "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
]);
const SAFE_SYSCTLS = new Set([
  "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range", "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem",
]);
const SELINUX_TYPES = new Set(["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"]);
const HOST_HANDLERS = ["livenessProbe", "readinessProbe", "startupProbe", "lifecycle.postStart", "lifecycle.preStop"];

const added = (security: Fields): unknown[] => list(at(security, "capabilities.add"));

const capabilities: SecurityCheck = (spec) => {
  const bad = containersOf(spec).filter(({ security }) => added(security).some((each) => !DEFAULT_CAPABILITIES.has(String(each))));
  const names = sorted(bad.flatMap(({ security }) => added(security).filter((each) => !DEFAULT_CAPABILITIES.has(String(each)))));
  return bad.length === 0 ? undefined : { reason: "non-default capabilities", detail: `${named(bad.map(({ name }) => name))} must not include ${quoted(names)} in securityContext.capabilities.add` };
};

const hostNamespaces: SecurityCheck = (spec) => {
  const used = ["hostNetwork", "hostPID", "hostIPC"].filter((name) => spec[name] === true);
  return used.length === 0 ? undefined : { reason: "host namespaces", detail: used.map((name) => `${name}=true`).join(", ") };
};

const hostPathVolumes: SecurityCheck = (spec) => {
  const names = list(spec["volumes"]).map(fields).filter((volume) => volume["hostPath"] !== undefined).map((volume) => volume["name"]);
  return names.length === 0 ? undefined : { reason: "hostPath volumes", detail: `${plural("volume", names.length)} ${quoted(names)}` };
};

const hostPorts: SecurityCheck = (spec) => {
  const portsOf = (own: Fields) => list(own["ports"]).map((port) => fields(port)["hostPort"]).filter((port) => typeof port === "number" && port !== 0);
  const bad = containersOf(spec).filter(({ own }) => portsOf(own).length > 0);
  const ports = [...new Set(bad.flatMap(({ own }) => portsOf(own).map(String)))].sort();
  return bad.length === 0 ? undefined : { reason: "hostPort", detail: `${named(bad.map(({ name }) => name))} ${bad.length === 1 ? "uses" : "use"} ${plural("hostPort", ports.length)} ${ports.join(", ")}` };
};

const handlerHosts: SecurityCheck = (spec) => {
  const hostsOf = (own: Fields) => HOST_HANDLERS.flatMap((handler) => [at(own, `${handler}.httpGet.host`), at(own, `${handler}.tcpSocket.host`)])
    .filter((host) => !["", "127.0.0.1", "::1"].includes(text(host) ?? ""));
  const bad = containersOf(spec).filter(({ own }) => hostsOf(own).length > 0);
  const hosts = sorted(bad.flatMap(({ own }) => hostsOf(own)));
  return bad.length === 0 ? undefined : { reason: "probe or lifecycle host", detail: `${named(bad.map(({ name }) => name).sort())} ${bad.length === 1 ? "uses" : "use"} ${plural("probe or lifecycle host", hosts.length)} ${quoted(hosts)}` };
};

const privileged = eachContainer("privileged", ({ security }) => security["privileged"] === true, (names) => `${names} must not set securityContext.privileged=true`);

const procMount: SecurityCheck = (spec) => {
  const isOdd = (security: Fields): boolean => (text(security["procMount"]) ?? "Default") !== "Default";
  const bad = inUserNamespace(spec) ? [] : containersOf(spec).filter(({ security }) => isOdd(security));
  return bad.length === 0 ? undefined : { reason: "procMount", detail: `${named(bad.map(({ name }) => name))} must not set securityContext.procMount to ${quoted(sorted(bad.map(({ security }) => security["procMount"])))}` };
};

const appArmor: SecurityCheck = (spec) => {
  const typeOf = (security: Fields): unknown => at(security, "appArmorProfile.type");
  const bad = setters(spec, (security) => typeOf(security) === "Unconfined");
  return bad === "" ? undefined : { reason: "forbidden AppArmor profile", detail: `${bad} must not set AppArmor profile type to "Unconfined"` };
};

const seccomp: SecurityCheck = (spec) => {
  const bad = setters(spec, (security) => at(security, "seccompProfile.type") === "Unconfined");
  return bad === "" ? undefined : { reason: "seccompProfile", detail: `${bad} must not set securityContext.seccompProfile.type to "Unconfined"` };
};

const seLinux: SecurityCheck = (spec) => {
  const options = (security: Fields): Fields => fields(security["seLinuxOptions"]);
  const oddType = (security: Fields): boolean => !SELINUX_TYPES.has(text(options(security)["type"]) ?? "");
  const has = (name: string) => (security: Fields): boolean => !isEmpty(text(options(security)[name]));
  const bad = setters(spec, (security) => oddType(security) || has("user")(security) || has("role")(security));
  const types = sorted(contexts(spec).filter(oddType).map((security) => options(security)["type"]));
  const data = [
    ...(types.length === 0 ? [] : [`${plural("type", types.length)} ${quoted(types)}`]),
    ...["user", "role"].filter((name) => contexts(spec).some(has(name))).map((name) => `${name} may not be set`),
  ];
  return bad === "" ? undefined : { reason: "seLinuxOptions", detail: `${bad} set forbidden securityContext.seLinuxOptions: ${data.join("; ")}` };
};

const sysctls: SecurityCheck = (spec) => {
  const names = list(at(spec, "securityContext.sysctls")).map((each) => String(fields(each)["name"])).filter((name) => !SAFE_SYSCTLS.has(name));
  return names.length === 0 ? undefined : { reason: "forbidden sysctls", detail: names.join(", ") };
};

const hostProcess: SecurityCheck = (spec) => {
  const bad = setters(spec, (security) => at(security, "windowsOptions.hostProcess") === true);
  return bad === "" ? undefined : { reason: "hostProcess", detail: `${bad} must not set securityContext.windowsOptions.hostProcess=true` };
};

/** Baseline, by the ids under which a stricter standard may put its own check in the place of one. */
export const baselineChecks: Record<string, SecurityCheck> = {
  appArmorProfile: appArmor, capabilities_baseline: capabilities, hostNamespaces, hostPathVolumes, hostPorts, hostProbesAndHostLifecycle: handlerHosts, privileged,
  procMount, seLinuxOptions: seLinux, seccompProfile_baseline: seccomp, sysctls, windowsHostProcess: hostProcess,
};

import { FINGERPRINT_KEY } from "../../../settings/secrets.ts";
import { namespaceSettings } from "../../../settings/schema/namespace.ts";
import { serviceAdoption } from "../service/settings.ts";
import { servicesIn } from "../service/objects.ts";
import { fitting } from "../fitting.ts";
import type { Adoption, NeededSecret, Unmanaged } from "../types.ts";
import { alertSettings } from "./alerts.ts";
import { containerSettings, meshSettings, ownLabels, podSecuritySettings, quotaSettings } from "./guards.ts";
import { networkSettings } from "./network.ts";
import { nameOf } from "./objects.ts";
import type { LiveNamespace, LiveObject } from "./objects.ts";

/** What the stack has already, for what an object does not tell. */
export interface Around {
  /** Repositories that the stack declares. */
  repositories: ReadonlySet<string>;
}

/** The type of a Secret that logs in to a registry. */
const LOGIN = "kubernetes.io/dockerconfigjson";
const OWN = new Set(["NetworkPolicy/default-deny", "NetworkPolicy/platform", "NetworkPolicy/egress", "ResourceQuota/quota", "LimitRange/limits", "AlertmanagerConfig/slipway", "Secret/slipway-alerts"]);

/**
 * A namespace as the cluster tells it, turned into an entry of `slipway:namespaces` and one of `slipway:services` for each service that
 * Slipway made there. Every other object is listed: it stays as it is.
 */
export function namespaceAdoption(live: LiveNamespace, around: Around): Adoption {
  const { name } = live.namespace.metadata;
  const base = `namespaces.${name}`;
  const network = networkSettings(live);
  const quota = quotaSettings(live);
  const containers = containerSettings(live);
  const alerts = alertSettings(live);
  const whole = {
    podSecurity: podSecuritySettings(live.namespace),
    mesh: meshSettings(live.namespace, network.settings.controlPlane),
    scrapers: network.settings.scrapers,
    egress: network.settings.egress,
    quota: quota.settings,
    containers: containers.settings,
    alerts: alerts.settings,
    labels: ownLabels(live.namespace),
  };
  const services = servicesIn(live).map((service) => serviceAdoption(live, service, around));
  const fit = fitting(namespaceSettings, whole, ["namespaces", name]);
  const covered = new Set([...OWN, ...services.flatMap(({ covers }) => covers)]);
  const unmanaged = [...fit.unmanaged, ...network.unmanaged, ...quota.unmanaged, ...containers.unmanaged, ...alerts.unmanaged, ...labelChanges(live.namespace), ...pullSecret(live)];
  return {
    entries: [{ section: "namespaces", name, settings: fit.settings }, ...services.flatMap(({ adoption }) => adoption.entries)],
    secrets: [...alerts.secrets.map((secret) => ({ ...secret, path: `${base}.${secret.path}` })), ...services.flatMap(({ adoption }) => adoption.secrets), ...fingerprint(services.some(({ adoption }) => adoption.secrets.length > 0))],
    unmanaged: [
      ...unmanaged.map((each) => ({ ...each, path: `${base}.${each.path}` })),
      ...services.flatMap(({ adoption }) => adoption.unmanaged),
      ...live.objects.filter((object) => !covered.has(nameOf(object)) && !isNobodys(object)).map((object) => ({ path: base, what: `holds ${nameOf(object)}`, todo: adviceOf(object) })),
    ],
  };
}

/** A stack whose services have secrets tells revisions apart by this. */
function fingerprint(needed: boolean): NeededSecret[] {
  return needed ? [{ key: FINGERPRINT_KEY, path: "any text of at least 32 characters that nobody knows" }] : [];
}

/** What the cluster puts into every namespace, what a controller made for its owner, and what Grafana's dashboards are made of. */
function isNobodys({ kind, metadata: { labels, name, ownerReferences }, type }: LiveObject): boolean {
  if (ownerReferences.length > 0 || type === LOGIN) return true;
  if (kind === "ConfigMap" && (name === "kube-root-ca.crt" || name === "istio-ca-root-cert")) return true;
  if (kind === "ServiceAccount" && name === "default") return true;
  return kind === "ConfigMap" && name.startsWith("dashboard-") && labels["app.kubernetes.io/managed-by"] === "slipway";
}

function adviceOf({ kind }: LiveObject): string {
  if (kind === "Deployment") return "it stays as it is; declare it under services beside it, move its callers, then remove it";
  if (kind === "StatefulSet" || kind === "DaemonSet" || kind === "PersistentVolumeClaim") return "it stays as it is: the configuration runs Deployments without volumes of their own";
  return "it stays as it is: nothing of the configuration makes it";
}

/** The guards that a namespace of the configuration has and this one lacks. */
function labelChanges({ metadata: { labels } }: LiveObject): Unmanaged[] {
  const wanted = ["app.kubernetes.io/managed-by", "pod-security.kubernetes.io/enforce", "pod-security.kubernetes.io/enforce-version", "pod-security.kubernetes.io/audit", "pod-security.kubernetes.io/warn"];
  const missing = wanted.filter((key) => labels[key] === undefined);
  if (missing.length === 0) return [];
  return [{ path: "podSecurity", what: `has no label ${missing.join(", ")}`, todo: "the first update sets them: the standard is what podSecurity says, warnings and the audit log hold it to restricted" }];
}


function pullSecret({ objects }: LiveNamespace): Unmanaged[] {
  const found = objects.filter(({ kind, type }) => kind === "Secret" && type === LOGIN);
  return found.map(({ metadata }) => ({ path: "pull", what: `Secret/${metadata.name} logs in to a registry`, todo: "write its registry, user and token under pull: nobody reads them out of the Secret" }));
}

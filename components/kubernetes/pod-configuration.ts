import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import * as pulumi from "@pulumi/pulumi";
import { mountedFiles } from "./files.ts";
import type { Naming } from "./naming.ts";
import type { RevisionSpecification } from "./specification.ts";

export interface PodConfigurationArgs {
  service: string;
  namespace: pulumi.Input<string>;
  naming: Naming;
  specification: RevisionSpecification;
  /** Values of `specification.secrets`, by environment variable; they become secrets of the state whatever they were before. */
  secrets: Record<string, pulumi.Input<string>>;
  /** Keeps the Secret's last values. */
  keepSecrets: boolean;
  /** Whether the objects may be closed against changes: their names then belong to one revision alone. */
  immutable: boolean;
}

/** The ConfigMaps and the Secret that some pods read, as children of `parent`. @throws ResourceError when a secret has no value */
export function podConfiguration(name: string, args: PodConfigurationArgs, parent: pulumi.Resource): pulumi.Resource[] {
  return [...configMaps(name, args, parent), ...secret(name, args, parent)];
}

function configMaps(name: string, { naming, namespace, specification, immutable }: PodConfigurationArgs, parent: pulumi.Resource): ConfigMap[] {
  const files = mountedFiles(specification.files ?? {});
  const maps: ConfigMap[] = [];
  const add = (child: string, suffix: string, data: Record<string, string>): void => {
    if (Object.keys(data).length === 0) return;
    const metadata = { name: `${naming.name}${suffix}`, namespace, labels: naming.labels };
    maps.push(new ConfigMap(`${name}-${child}`, { metadata, data, ...(immutable && { immutable }) }, { parent }));
  };
  add("config", "", specification.environment);
  add("files", "-files", Object.fromEntries(files.map((file) => [file.key, file.text])));
  return maps;
}

function secret(name: string, args: PodConfigurationArgs, parent: pulumi.Resource): Secret[] {
  const { service, naming, namespace, specification, secrets, keepSecrets, immutable } = args;
  const missing = Object.keys(specification.secrets).filter((key) => secrets[key] === undefined);
  if (missing.length > 0 && !keepSecrets) {
    const text = `services.${service}.secrets: no value was given for ${missing.join(", ")}; set each with pulumi config set --secret`;
    throw new pulumi.ResourceError(text, parent, true);
  }
  if (Object.keys(specification.secrets).length === 0) return [];
  const data = Object.fromEntries(Object.keys(specification.secrets).flatMap((key) => {
    const value = secrets[key];
    return value === undefined ? [] : [[key, pulumi.secret(value).apply((text) => Buffer.from(text).toString("base64"))]];
  }));
  const metadata = { name: naming.name, namespace, labels: naming.labels };
  const ignoreChanges = keepSecrets ? ["data"] : [];
  return [new Secret(`${name}-secret`, { metadata, type: "Opaque", data, ...(immutable && { immutable }) }, { parent, ignoreChanges })];
}

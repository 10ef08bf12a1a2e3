import { fields, hasUnknown, list, number, text } from "../manifest.ts";
import { duplicate, forbidden, invalid, notFound } from "../reasons.ts";
import { at } from "../select.ts";
import type { Check } from "./rule.ts";

export const CONTAINER_LISTS = ["initContainers", "containers"];

/** Mounts name a volume of the pod, and no two containers share a name. */
export const wiring: Check = (value, report) => {
  const spec = fields(value);
  const volumes = new Set(list(spec["volumes"]).map((volume) => fields(volume)["name"]));
  const unknownVolumes = hasUnknown([...volumes]) || (spec["volumes"] !== undefined && !Array.isArray(spec["volumes"]));
  const names = new Set(list(spec["containers"]).map((container) => text(fields(container)["name"])));
  for (const part of CONTAINER_LISTS) {
    list(spec[part]).map(fields).forEach(({ name, volumeMounts, restartPolicy, readinessProbe, livenessProbe, startupProbe }, index) => {
      if (part === "initContainers") {
        if (text(name) !== undefined && names.has(text(name))) report(duplicate(name), `${part}[${index}].name`);
        for (const [probe, given] of Object.entries({ livenessProbe, readinessProbe, startupProbe })) {
          const isSidecar = restartPolicy === "Always" || hasUnknown(restartPolicy);
          if (given !== undefined && !isSidecar) report(forbidden("may not be set for init containers without restartPolicy=Always"), `${part}[${index}].${probe}`);
        }
      }
      list(volumeMounts).map(fields).forEach((mount, at) => {
        if (text(mount["name"]) !== undefined && !unknownVolumes && !volumes.has(mount["name"])) report(notFound(mount["name"]), `${part}[${index}].volumeMounts[${at}].name`);
      });
    });
  }
};

/** A container may not sleep longer than its pod has to end. */
export const sleeps: Check = (value, report) => {
  const { terminationGracePeriodSeconds = 30, containers } = fields(value);
  const grace = number(terminationGracePeriodSeconds);
  list(containers).forEach((container, index) => {
    for (const handler of ["preStop", "postStart"]) {
      const seconds = number(at(container, `lifecycle.${handler}.sleep.seconds`));
      if (seconds !== undefined && grace !== undefined && (seconds < 0 || seconds > grace)) {
        report(invalid(seconds, `must be non-negative and less than terminationGracePeriodSeconds (${grace})`), `containers[${index}].lifecycle.${handler}.sleep.seconds`);
      }
    }
  });
};

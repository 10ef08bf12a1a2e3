import { parseEvents } from "../operations/preview/events.ts";
import { digestOf } from "../operations/preview/digest.ts";
import { wholeMarkdown } from "../operations/preview/markdown.ts";
import { partsOf } from "../operations/preview/parts.ts";
import { screenOf } from "../operations/preview/screen.ts";
import { stepsOf } from "../operations/preview/step.ts";
import { summarize } from "../operations/preview/summary.ts";
import { median } from "./measure.ts";

const AT = "2026-11-21T20:00:00.000Z";

/** A Deployment as large as the program's own. */
function inputs(index: number, image: string): object {
  const name = `service-${index}`;
  const labels = { app: name, "app.kubernetes.io/managed-by": "slipway", "app.kubernetes.io/name": name };
  const container = {
    name, image, env: Array.from({ length: 8 }, (_, at) => ({ name: `VARIABLE_${at}`, value: `value ${at}` })), ports: [{ containerPort: 8080, name: "http" }],
    readinessProbe: { httpGet: { path: "/ready", port: "http" }, periodSeconds: 5 }, resources: { limits: { memory: "256Mi" }, requests: { cpu: "100m", memory: "128Mi" } },
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] }, readOnlyRootFilesystem: true, runAsNonRoot: true },
  };
  return { apiVersion: "apps/v1", kind: "Deployment", metadata: { name, namespace: name, labels }, spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [container] } } } };
}

/** What the engine streams of a change to each of `count` Deployments, two events a step. */
function stream(count: number): string {
  const stack = "urn:pulumi:bench::slipway::pulumi:pulumi:Stack::slipway-bench";
  const lines = Array.from({ length: count }, (_, index) => {
    const urn = `urn:pulumi:bench::slipway::kubernetes:apps/v1:Deployment::service-${index}`;
    const side = (image: string): object => ({ type: "kubernetes:apps/v1:Deployment", urn, custom: true, id: `${index}`, parent: stack, inputs: inputs(index, image), outputs: inputs(index, image) });
    const metadata = { op: "update", urn, type: "kubernetes:apps/v1:Deployment", old: side("ghcr.io/acme/shop:1"), new: side("ghcr.io/acme/shop:2"), diffs: ["spec"], detailedDiff: { "spec.template.spec.containers[0].image": { diffKind: "update", inputDiff: true } } };
    return [`{"sequence":${2 * index},"resourcePreEvent":${JSON.stringify({ metadata })}}`, `{"sequence":${2 * index + 1},"resOutputsEvent":${JSON.stringify({ metadata })}}`].join("\n");
  });
  return `${lines.join("\n")}\n{"sequence":0,"summaryEvent":{"result":"succeeded"}}\n`;
}

interface Taken {
  seconds: number;
  /** Of the processor, whatever else the machine does. */
  processor: number;
}

/** Everything between the engine's last word and the texts that people read. */
function summed(text: string): Taken {
  const [began, before] = [performance.now(), process.cpuUsage()];
  const events = parseEvents(text);
  const digest = digestOf({ events, file: {}, exported: {}, plannedAt: AT });
  const summary = summarize({ stack: "bench", digest, steps: stepsOf(events.steps), known: { repositories: {} }, releases: [], policies: [], errors: [], warnings: [] });
  const texts = [screenOf(summary, true), wholeMarkdown(summary), ...partsOf(summary), JSON.stringify(summary)];
  if (summary.counts.change !== events.steps.length || texts.some(({ length }) => length === 0)) throw new Error("preview: the summary left something out");
  const { system, user } = process.cpuUsage(before);
  return { seconds: (performance.now() - began) / 1000, processor: (system + user) / 1e6 };
}

/** How long a preview's summary takes, in each of its forms, digest included. */
export function preview(): string {
  return [50, 730, 5_000].map((count) => {
    const text = stream(count);
    const rounds = Array.from({ length: 5 }, () => summed(text));
    const of = (what: keyof Taken): string => median(rounds.map((round) => round[what])).toFixed(2);
    return `preview summary of ${count} steps, ${(text.length / 2 ** 20).toFixed(1)} MiB of events: ${of("seconds")} s in every form, ${of("processor")} s of the processor (medians of ${rounds.length})`;
  }).join("\n");
}

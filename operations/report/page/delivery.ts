import type { DeliveryFigures } from "../../metrics/deliveryFigures.ts";
import type { DeliveryReport, Looked } from "../types.ts";
import { html } from "./html.ts";
import type { Html } from "./html.ts";
import { unknown } from "./parts.ts";
import { table } from "./table.ts";
import { lengthText, moment, percent } from "./words.ts";

/** The four figures of delivery, of the stack and of each service. */
export function deliverySection(delivery: Looked<DeliveryReport>): Html {
  if (delivery.kind === "unknown") return unknown(delivery.why);
  const { days, lastUpdate, services, stack } = delivery.value;
  return html`${table({
    caption: `The last ${days} days`,
    head: ["Service", "Deployments", "Lead time", "Failed changes", "Time to restore"],
    kind: "delivery",
    rows: [row("All services", stack), ...Object.entries(services).map(([name, figures]) => row(name, figures))],
  })}${lastUpdate === undefined ? "" : html`<p class="quiet">Last update of the stack: ${lastUpdate.kind}, ${lastUpdate.result}, ${moment(lastUpdate.at)}.</p>`}`;
}

function row(name: string, { changeFailureRatio, deployments, leadTime, restoreTime }: DeliveryFigures): readonly (string | number)[] {
  return [name, deployments, length(leadTime), changeFailureRatio === undefined ? "–" : percent(changeFailureRatio), length(restoreTime)];
}

function length(seconds: number | undefined): string {
  return seconds === undefined ? "–" : lengthText(seconds);
}

import * as z from "zod";
import { USUAL_GRAFANA } from "../../components/observability/grafana-settings.ts";
import type { GrafanaSettings } from "../../components/observability/grafana-settings.ts";
import { dnsLabel, text } from "./scalars.ts";
import { configuredSecret } from "./secret.ts";

const address = text(/^https?:\/\/[^\s/?#@]+(\/[^\s?#]*[^\s/?#])?$/, "is not the address of Grafana", "write a web address without a slash at its end, such as https://example.com/grafana");
const folder = text(/^[^\s\p{Cc}](?:[^\p{Cc}]{0,98}[^\s\p{Cc}])?$/u, "is not the title of a folder", "write 1 to 100 characters on one line");

/** `grafana` of a stack. */
export const grafanaSettings = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("sidecar").describe("ConfigMaps that the sidecar of a Grafana in the cluster loads"),
    folder: folder.default(USUAL_GRAFANA.folder).describe("Grafana's folder"),
    namespace: dnsLabel.optional().describe("Namespace of the dashboards that belong to no service; absent: that of the first service, else the first namespace"),
  }),
  z.strictObject({
    kind: z.literal("api").describe("Grafana's own API; no ConfigMap is made then"),
    url: address.describe("Where Grafana is"),
    folder: folder.default(USUAL_GRAFANA.folder).describe("Title of the folder, which the stack makes"),
    token: configuredSecret.describe("Token of a service account that may write folders and dashboards"),
  }),
]) satisfies z.ZodType<GrafanaSettings>;

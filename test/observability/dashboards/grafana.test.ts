import { describe, expect, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { dashboardPlace } from "../../../components/observability/dashboard-place.ts";
import { Dashboards } from "../../../components/observability/dashboards.ts";
import { dashboardText, stackWideDashboards } from "../../../components/observability/dashboards/index.ts";
import type { GrafanaSettings } from "../../../components/observability/grafana-settings.ts";
import { secret } from "../../kubernetes/declared.ts";

interface Seen {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
  provider: string | undefined;
}

const DASHBOARDS = stackWideDashboards({ stack: "production", services: true, channels: ["memory"] });
const API: GrafanaSettings = { kind: "api", url: "https://grafana.example.com", folder: "Releases", token: { secret: "grafanaToken" } };

/** Everything that is declared when the dashboards of a stack are put where the settings say. */
async function declaredBy(settings: GrafanaSettings | undefined): Promise<Seen[]> {
  const seen: Seen[] = [];
  await pulumi.runtime.setMocks({
    newResource({ type, name, inputs, provider }) {
      if (!type.startsWith("slipway:")) seen.push({ type, name, inputs, provider });
      return { id: `${name}-id`, state: inputs };
    },
    call({ token }) {
      throw new Error(`unexpected call of ${token}`);
    },
  });
  try {
    const place = await dashboardPlace({ settings, stack: "production", secretOf: (key) => pulumi.secret(`value of ${key}`) });
    new Dashboards("stack-dashboards", { subject: "production", dashboards: DASHBOARDS, namespace: "shop", place });
  } finally {
    await pulumi.runtime.disconnect();
  }
  return seen;
}

describe("the dashboards of a stack that names Grafana's API", () => {
  test("are a folder and one dashboard each in it, by a provider of their own whose token is a secret, and no ConfigMap", async () => {
    const seen = await declaredBy(API);
    expect(seen.map(({ type, name }) => `${type} ${name}`)).toEqual([
      "pulumi:providers:grafana grafana-api",
      "grafana:oss/folder:Folder grafana-folder",
      "grafana:oss/dashboard:Dashboard stack-dashboards",
      "grafana:oss/dashboard:Dashboard stack-dashboards-stack.channels.memory",
    ]);
    const [provider, folder, first, second] = seen;
    expect(provider?.inputs).toEqual({ url: "https://grafana.example.com", auth: secret("value of grafanaToken") });
    expect(folder?.inputs).toEqual({ uid: "slipway-_production_folder", title: "Releases", preventDestroyIfNotEmpty: true });
    const texts = DASHBOARDS.map(({ document }) => dashboardText(document));
    expect([first?.inputs, second?.inputs]).toEqual(texts.map((configJson) => ({ folder: "slipway-_production_folder", configJson, overwrite: false })));
    const api = "urn:pulumi:stack::project::slipway:observability:Grafana$pulumi:providers:grafana::grafana-api::grafana-api-id";
    expect([folder, first, second].map((each) => each?.provider)).toEqual([api, api, api]);
  });
});

describe("the dashboards of a stack that names the sidecar, or nothing", () => {
  test.each([
    [undefined, "Slipway"],
    [{ kind: "sidecar", folder: "Releases" } as const, "Releases"],
  ])("are ConfigMaps: %j", async (settings, folder) => {
    const seen = await declaredBy(settings);
    expect(seen.map(({ type, name, inputs }) => [type, name, inputs["metadata"]])).toEqual([
      ["kubernetes:core/v1:ConfigMap", "stack-dashboards-map", expect.objectContaining({ name: "dashboard-stack.delivery", namespace: "shop", annotations: { grafana_folder: folder } })],
      ["kubernetes:core/v1:ConfigMap", "stack-dashboards-stack.channels.memory-map", expect.objectContaining({ name: "dashboard-stack.channels.memory" })],
    ]);
  });
});

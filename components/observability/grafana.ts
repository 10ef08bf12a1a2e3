import * as pulumi from "@pulumi/pulumi";
import { Dashboard } from "@pulumiverse/grafana/oss/dashboard.js";
import { Folder } from "@pulumiverse/grafana/oss/folder.js";
import { Provider } from "@pulumiverse/grafana/provider.js";
import type { PlacedDashboard } from "./dashboard-place.ts";
import { stackUid } from "./dashboards/uid.ts";
import type { GrafanaSettings } from "./grafana-settings.ts";

export interface GrafanaArgs {
  settings: Extract<GrafanaSettings, { kind: "api" }>;
  stack: string;
  /** A secret. */
  token: pulumi.Output<string>;
}

/** A Grafana that is reached by its API, with the folder that the stack's dashboards lie in. */
export class Grafana extends pulumi.ComponentResource {
  readonly kind = "api";
  /** Uid of the folder. */
  readonly folder: pulumi.Output<string>;
  private readonly api: Provider;

  constructor(name: string, { settings, stack, token }: GrafanaArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:observability:Grafana", name, {}, opts);
    this.api = new Provider(`${name}-api`, { url: settings.url, auth: token }, { parent: this });
    // What people put into the folder would go with it.
    this.folder = new Folder(`${name}-folder`, { uid: stackUid(stack, "folder"), title: settings.folder, preventDestroyIfNotEmpty: true }, { parent: this, provider: this.api }).uid;
    this.registerOutputs({ folder: this.folder });
  }

  /** Declares one dashboard; one of the same uid that somebody else made is left alone, and the update says so. */
  put(name: string, { parent, text }: PlacedDashboard): Dashboard {
    return new Dashboard(name, { folder: this.folder, configJson: text, overwrite: false }, { parent, provider: this.api });
  }
}

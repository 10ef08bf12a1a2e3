import type { Bad } from "./base.ts";
import { SECRETS } from "./base.ts";

const API = { kind: "api", url: "https://grafana.example.com", token: { secret: "grafanaToken" } };

export const grafana: readonly Bad[] = [
  {
    name: "a Grafana whose token is not set",
    changes: { grafana: API },
    lines: ["secrets.grafanaToken: is needed by grafana.token and is not set; run pulumi config set --secret slipway:grafanaToken"],
  },
  {
    name: "a token in plain text, without showing it",
    changes: { grafana: { ...API, token: "glsa_canary-value" } },
    lines: ["grafana.token: is not a reference to a secret; write { secret: <config key> }"],
  },
  {
    name: "an address with a slash at its end, and a folder without a title",
    changes: { grafana: { ...API, url: "https://grafana.example.com/", folder: " " } },
    secrets: [...SECRETS, "grafanaToken"],
    lines: [
      "grafana.url: is not the address of Grafana, got \"https://grafana.example.com/\"; write a web address without a slash at its end, such as https://example.com/grafana",
      "grafana.folder: is not the title of a folder, got \" \"; write 1 to 100 characters on one line",
    ],
  },
  {
    name: "both ways at once",
    changes: { grafana: { ...API, namespace: "monitoring" } },
    secrets: [...SECRETS, "grafanaToken"],
    lines: ["grafana.namespace: is not a setting; remove it, or use one of kind, url, folder, token"],
  },
  {
    name: "a third way",
    changes: { grafana: { kind: "operator" } },
    lines: ["grafana.kind: is none of sidecar, api, got \"operator\"; write one of them"],
  },
  {
    name: "a Grafana that is a text",
    changes: { grafana: "https://grafana.example.com" },
    lines: ["grafana: is not a map, got \"https://grafana.example.com\"; write one key and its value a line"],
  },
  {
    name: "a Grafana that is encrypted",
    changes: {},
    secrets: [...SECRETS, "grafana"],
    lines: ["grafana: has an encrypted value in it; set that value with pulumi config set --secret slipway:<key> and name it here as { secret: <key> }"],
  },
];

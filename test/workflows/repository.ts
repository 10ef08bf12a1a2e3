import type { Repository } from "../../components/workflows/kit/index.ts";

/** A repository with one service and the environments that most pipelines ask for. */
export function repository(changes: Partial<Repository> = {}): Repository {
  return {
    owner: "acme",
    name: "shop",
    defaultBranch: "main",
    visibility: "public",
    codeScanning: true,
    environments: {
      staging: { url: "https://staging.shop.example.com", reviewed: false, waitMinutes: 0, approvals: "none: rebuilt at every merge" },
      production: { url: "https://shop.example.com", reviewed: true, waitMinutes: 5, approvals: "1 reviewer (team release-team), 5 min wait" },
    },
    services: {
      shop: { namespace: "shop", image: "ghcr.io/acme/shop", strategy: "canary", stages: [10, 25, 50, 100], host: "shop.example.com", healthPath: "/healthz" },
    },
    labels: ["bug", "dependencies"],
    teams: ["maintainers", "release-team"],
    ...changes,
  };
}

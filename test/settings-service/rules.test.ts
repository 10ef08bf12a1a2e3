import { describe, expect, test } from "@jest/globals";
import type { ServiceSettings } from "../../components/delivery/service-settings.ts";
import { secretLooking } from "../../components/images/secret-looking.ts";
import { problemText } from "../../settings/problem.ts";
import { quantityValue } from "../../settings/rules/quantities.ts";
import { serviceRules } from "../../settings/rules/service.ts";
import { serviceSchema } from "../../settings/schema/service.ts";

type Raw = Record<string, unknown>;

const gateway = { kind: "gateway", hosts: ["shop.example.com"], tls: { mode: "simple", credential: "shop-tls" } };

const base: Raw = {
  repository: "shop",
  namespace: "shop",
  image: { from: "tag", reference: "ghcr.io/acme/shop:1.0.0" },
  ports: [{ name: "http", port: 8080 }],
  probes: { readiness: { kind: "http", path: "/ready", port: "http" } },
  traffic: { exposure: gateway, testers: { header: "x-tester", value: "yes" } },
};

function build(args: Record<string, string>): Raw {
  return { image: { from: "build", source: { kind: "folder", path: "." }, args } };
}

function problems(services: Record<string, Raw>): string[] {
  const parsed: Record<string, ServiceSettings> = Object.fromEntries(Object.entries(services).map(([name, raw]) => [name, serviceSchema.parse(raw)]));
  const declared = { repositories: new Set(["shop"]), namespaces: new Set(["shop", "tools"]), services: new Set(Object.keys(services)) };
  const sections = { owner: "acme", repositories: {}, namespaces: {}, services: parsed, declared };
  return serviceRules.flatMap((rule) => rule(sections)).map(problemText);
}

describe("the rules of services", () => {
  test("are content with a service of defaults", () => {
    expect(problems({ shop: base })).toEqual([]);
  });

  test.each<[Raw, ...string[]]>([
    [{ repository: "shopp" }, 'services.shop.repository: is not a declared repository, got "shopp"; write shop, declare it under repositories, or write { external: shopp }'],
    [{ repository: { external: "shop" } }, 'services.shop.repository.external: is declared by this stack, got "shop"; write repository: shop'],
    [{ namespace: "elsewhere" }, 'services.shop.namespace: is not a declared namespace, got "elsewhere"; declare it under namespaces'],
    [{ strategy: { kind: "canary", stages: [0, 10, 100] }, traffic: { exposure: gateway } }, "services.shop.strategy.stages[0]: gives the candidate no requests, and there are no testers, got 0; add traffic.testers, or begin with 5 to 50"],
    [{ strategy: { kind: "canary", stages: [0, 60, 100] } }, "services.shop.strategy.stages[1]: is not a first stage from 5 to 50, got 60; begin with a share that shows errors and spares most users"],
    [{ strategy: { kind: "canary", stages: [4, 100] } }, "services.shop.strategy.stages[0]: is not a first stage from 5 to 50, got 4; begin with a share that shows errors and spares most users"],
    [{ strategy: { kind: "canary", stages: [51, 100] } }, "services.shop.strategy.stages[0]: is not a first stage from 5 to 50, got 51; begin with a share that shows errors and spares most users"],
    [{ strategy: { kind: "canary", stages: [10, 25, 25, 100] } }, "services.shop.strategy.stages[2]: does not rise above the stage before it (25), got 25; write the stages in rising order, each once"],
    [{ strategy: { kind: "canary", stages: [10, 50] } }, "services.shop.strategy.stages[1]: is not 100, got 50; end with 100: a release that is never whole never ends"],
    [{ strategy: { kind: "canary", stages: [50, 10] } },
      "services.shop.strategy.stages[1]: does not rise above the stage before it (50), got 10; write the stages in rising order, each once",
      "services.shop.strategy.stages[1]: is not 100, got 10; end with 100: a release that is never whole never ends"],
    [{ ports: [{ name: "http", port: 8080 }, { name: "http", port: 9090 }] }, 'services.shop.ports[1].name: is the name of another port, got "http"; give every port a name of its own'],
    [{ ports: [{ name: "http", port: 8080 }, { name: "admin", port: 8080 }] }, "services.shop.ports[1].port: is the number of another port, got 8080; give every port a number of its own"],
    [{ probes: { readiness: { kind: "tcp", port: "htp" } } }, 'services.shop.probes.readiness.port: is not a declared port, got "htp"; name one of http'],
    [{ environment: { TOKEN: "x" }, secrets: { TOKEN: { secret: "token" } } }, "services.shop.secrets.TOKEN: is named under environment as well; keep it in one of the two"],
    [{ resources: { requests: { cpu: "100m", memory: "1Gi" }, limits: { memory: "512Mi" } } }, 'services.shop.resources.requests.memory: is more than the limit (512Mi), got "1Gi"; request at most the limit'],
    [{ resources: { requests: { cpu: 2, memory: "1Gi" }, limits: { memory: "1Gi", cpu: "1500m" } } }, 'services.shop.resources.requests.cpu: is more than the limit (1500m), got "2"; request at most the limit'],
    [{ scaling: { kind: "auto", min: 7, max: 6 } }, "services.shop.scaling.min: is more than max (6), got 7; write min at most as large as max"],
    [{ disruption: { kind: "min-available", pods: 2 } }, "services.shop.disruption.pods: keeps every pod from being evicted while there are 2, got 2; write less than the fewest pods, so that nodes can be drained"],
    [{ disruption: { kind: "min-available", pods: 1 }, scaling: { kind: "fixed", replicas: 1 } }, "services.shop.disruption.pods: keeps every pod from being evicted while there are 1, got 1; write less than the fewest pods, so that nodes can be drained"],
    [{ disruption: { kind: "min-available", pods: "100%" } }, 'services.shop.disruption.pods: keeps every pod from being evicted, got "100%"; write less, so that nodes can be drained'],
    [{ drainSeconds: 30 }, "services.shop.drainSeconds: leaves no time of gracePeriodSeconds (30) to stop in, got 30; write less, or raise gracePeriodSeconds"],
    [{ writable: ["/tmp", "/tmp"] }, 'services.shop.writable[1]: is named twice, got "/tmp"; name every folder once'],
    [{ files: { "/tmp": "x" } }, "services.shop.files./tmp: is in the way of the writable folder /tmp; move one of them"],
    [{ traffic: { exposure: { ...gateway, port: "admin" } } }, 'services.shop.traffic.exposure.port: is not a declared port that speaks HTTP, got "admin"; name one of http'],
    [{ ports: [{ name: "http", port: 1, protocol: "tcp" }], traffic: { exposure: { ...gateway, port: "http" } } }, 'services.shop.traffic.exposure.port: is not a declared port that speaks HTTP, got "http"; name one of the ports whose protocol is http, http2 or grpc'],
    [{ ports: [{ name: "http", port: 1, protocol: "tcp" }], traffic: { exposure: gateway } }, "services.shop.traffic.exposure: leads to a service without a port that speaks HTTP; give one the protocol http, http2 or grpc, or say kind: mesh"],
    [{ strategy: { kind: "direct" } }, "services.shop.traffic.testers: needs a candidate beside the stable revision, and a direct release has none; choose the strategy canary or blue-green, or remove it"],
    [{ strategy: { kind: "direct" }, traffic: { mirror: { percent: 5 }, affinity: { kind: "revision", cookie: "v" } } },
      "services.shop.traffic.mirror: needs a candidate beside the stable revision, and a direct release has none; choose the strategy canary or blue-green, or remove it",
      "services.shop.traffic.affinity: needs a candidate beside the stable revision, and a direct release has none; choose the strategy canary or blue-green, or remove it"],
    [{ traffic: { timeoutSeconds: 2, retries: { perTrySeconds: 3 } } }, "services.shop.traffic.retries.perTrySeconds: is longer than the whole answer may take (2), got 3; write less, or raise traffic.timeoutSeconds"],
    [{ namespace: "tolls" }, 'services.shop.namespace: is not a declared namespace, got "tolls"; write tools, declare it under namespaces'],
    [{ ports: [{ name: "http", port: 8080 }, { name: "grpc", port: 9090, protocol: "grpc" }, { name: "db", port: 5432, protocol: "tcp" }], traffic: { exposure: { ...gateway, port: "db" } } },
      'services.shop.traffic.exposure.port: is not a declared port that speaks HTTP, got "db"; name one of http, grpc'],
    [{ ports: [{ name: "http", port: 8080 }, { name: "db", port: 5432, protocol: "tcp" }], probes: { readiness: { kind: "tcp", port: "bd" } } },
      'services.shop.probes.readiness.port: is not a declared port, got "bd"; name one of http, db'],
    [{ files: { "/etc/shop": "x" }, writable: ["/tmp", "/etc/shop/cache"] }, 'services.shop.files./etc/shop: is in the way of the writable folder /etc/shop/cache; move one of them'],
    [build({ NPM_TOKEN: "x" }), "services.shop.image.args.NPM_TOKEN: looks like a secret, and everybody who pulls the image can read its build arguments; name it under image.secrets and mount it with RUN --mount=type=secret"],
  ])("%j is refused", (change, ...texts) => {
    expect(problems({ shop: { ...base, ...change } })).toEqual(texts);
  });

  test.each<[Raw]>([
    [{ repository: { external: "legacy" } }],
    [{ strategy: { kind: "canary", stages: [5, 100] } }],
    [{ strategy: { kind: "canary", stages: [50, 100] } }],
    [{ strategy: { kind: "direct" }, traffic: {} }],
    [{ disruption: { kind: "min-available", pods: 1 } }],
    [{ disruption: { kind: "min-available", pods: "50%" } }],
    [{ disruption: { kind: "max-unavailable", pods: "100%" } }],
    [{ probes: { readiness: { kind: "exec", command: ["true"] } } }],
    [{ resources: { requests: { cpu: 1, memory: "512Mi" }, limits: { cpu: "1000m", memory: "0.5Gi" } } }],
    [{ scaling: { kind: "auto", min: 6, max: 6 } }],
    [{ drainSeconds: 29 }],
    [{ files: { "/etc/shop/config.yaml": "x" }, writable: ["/etc/shop/cache"] }],
    [{ traffic: { timeoutSeconds: 3, retries: { perTrySeconds: 3 } } }],
    [{ environment: { LEVEL: "info" }, secrets: { TOKEN: { secret: "token" } } }],
    [{ traffic: { exposure: { ...gateway, port: "http" } } }],
    [{ traffic: { timeoutSeconds: 3 } }],
    [{ traffic: { retries: { perTrySeconds: 3 } } }],
    [{ files: { "/etc/shop": "x" }, writable: ["/etc/shop-cache"] }],
    [{ ports: [{ name: "http", port: 8080, protocol: "tcp" }], traffic: {} }],
    [{ strategy: { kind: "direct" }, traffic: { affinity: { kind: "pod", by: { cookie: "v" } } } }],
    [{ strategy: { kind: "blue-green" } }],
    [{ disruption: { kind: "max-unavailable", pods: 5 } }],
    [build({ VERSION: "1.0.0", TOKENIZER: "fast" })],
  ])("%j is accepted", (change) => {
    expect(problems({ shop: { ...base, ...change } })).toEqual([]);
  });

  test("one host leads to one service", () => {
    expect(problems({ shop: base, tools: { ...base, namespace: "tools" } })).toEqual([
      'services.tools.traffic.exposure.hosts[0]: is a host of services.shop already, got "shop.example.com"; give every host to one service',
    ]);
  });
});

test("the first of three services keeps a host that all of them name", () => {
  const hosts = (...names: string[]): Raw => ({ ...base, traffic: { exposure: { ...gateway, hosts: names } } });
  expect(problems({ one: hosts("a.example.com", "b.example.com"), two: hosts("c.example.com", "b.example.com"), three: hosts("b.example.com") })).toEqual([
    'services.two.traffic.exposure.hosts[1]: is a host of services.one already, got "b.example.com"; give every host to one service',
    'services.three.traffic.exposure.hosts[0]: is a host of services.one already, got "b.example.com"; give every host to one service',
  ]);
});

describe("a build argument looks like a secret", () => {
  test.each(["NPM_TOKEN", "token", "DB_PASSWORD", "MY_API_KEY", "APIKEY", "AWS_SECRET_ACCESS_KEY", "AUTH", "GIT_CREDENTIAL"])("by the name %s", (name) => {
    expect(secretLooking(name, "x")).toBe(true);
  });

  test.each(["ghp_abc", "github_pat_1", "npm_abc", "pypi-AgE", "glpat-1", "xoxb-1", "AKIA123", "-----BEGIN PRIVATE KEY-----"])("by the value %s", (value) => {
    expect(secretLooking("VALUE", value)).toBe(true);
  });

  test.each(["VERSION", "TOKENIZER", "KEYBOARD", "AUTHOR", "SECRETARY"])("and not by the name %s", (name) => {
    expect(secretLooking(name, "1.0")).toBe(false);
  });
});

test.each([["500m", 0.5], ["2", 2], ["1.5", 1.5], ["64Mi", 67108864], ["1k", 1000], ["1Ei", 2 ** 60], ["x", Number.NaN], ["1x", Number.NaN], ["x1", Number.NaN], ["1 Mi", Number.NaN], ["1Mi ", Number.NaN], ["1.25Gi", 1.25 * 2 ** 30], ["12", 12]])("the quantity %s is %p", (text, value) => {
  expect(quantityValue(text)).toBe(value);
});

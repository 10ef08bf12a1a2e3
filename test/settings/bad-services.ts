import type { Bad } from "./base.ts";

const S = "services.shop";

export const services: readonly Bad[] = [
  {
    name: "a service's name that is too long",
    changes: { [`services.${"s".repeat(51)}`]: {}, "services.shop": undefined, "services.cart": undefined },
    secrets: ["npmToken"],
    lines: [
      `services.sssssssssssssssssssssssssssssssssssssssssssssssssss: is not the name of a service, got "sssssssssssssssssssssssssssssssssssssssssssssssssss"; use 1 to 50 lower-case letters, digits and dashes, a letter first, no dash last`,
    ],
  },
  {
    name: "a service of an unknown repository",
    changes: { [`${S}.repository`]: "storefront" },
    lines: [
      `services.shop.repository: is not a declared repository, got "storefront"; declare it under repositories, or write { external: storefront }`,
    ],
  },
  {
    name: "a declared repository that is called external",
    changes: { [`${S}.repository`]: { external: "shop" } },
    lines: [
      `services.shop.repository.external: is declared by this stack, got "shop"; write repository: shop`,
    ],
  },
  {
    name: "a service in an unknown namespace",
    changes: { [`${S}.namespace`]: "storefront" },
    lines: [
      `services.shop.namespace: is not a declared namespace, got "storefront"; declare it under namespaces`,
    ],
  },
  {
    name: "a namespace that is a number",
    changes: { [`${S}.namespace`]: 5 },
    lines: [
      "services.shop.namespace: is not a DNS label, got 5; use 1 to 63 lower-case letters, digits and dashes, a letter first, no dash last",
    ],
  },
  {
    name: "an image without its form",
    changes: { [`${S}.image`]: { reference: "ghcr.io/acme/shop:1.0.0" } },
    lines: [
      "services.shop.image.from: is missing; write one of digest, tag, build",
    ],
  },
  {
    name: "an image that is a text",
    changes: { [`${S}.image`]: "ghcr.io/acme/shop:1.0.0" },
    lines: [
      `services.shop.image: is not a map, got "ghcr.io/acme/shop:1.0.0"; write one key and its value a line`,
    ],
  },
  {
    name: "an image of an unknown form",
    changes: { [`${S}.image.from`]: "tags" },
    lines: [
      `services.shop.image.from: is none of digest, tag, build, got "tags"; write tag`,
    ],
  },
  {
    name: "an image by tag that has none",
    changes: { [`${S}.image.reference`]: "ghcr.io/acme/shop" },
    lines: [
      `services.shop.image.reference: is not an image reference by tag, got "ghcr.io/acme/shop"; write ghcr.io/<owner>/<name>:<tag>, or say from: digest`,
    ],
  },
  {
    name: "an image by digest that has a tag",
    changes: { "services.cart.image.reference": "ghcr.io/acme/cart:1.0.0" },
    lines: [
      `services.cart.image.reference: is not an image reference by digest, got "ghcr.io/acme/cart:1.0.0"; write ghcr.io/<owner>/<name>@sha256:<64 hexadecimal digits>, or say from: tag`,
    ],
  },
  {
    name: "a digest that is too short",
    changes: { "services.cart.image.reference": "ghcr.io/acme/cart@sha256:abc" },
    lines: [
      `services.cart.image.reference: is not an image reference by digest, got "ghcr.io/acme/cart@sha256:abc"; write ghcr.io/<owner>/<name>@sha256:<64 hexadecimal digits>, or say from: tag`,
    ],
  },
  {
    name: "a build from a branch",
    changes: { [`${S}.image`]: { from: "build", source: { kind: "git", url: "https://github.com/acme/shop", commit: "main" } } },
    lines: [
      `services.shop.image.source.commit: is not a commit, got "main"; write all 40 lower-case hexadecimal digits`,
    ],
  },
  {
    name: "a build argument that looks like a secret",
    changes: { [`${S}.image`]: { from: "build", source: { kind: "folder", path: "./shop" }, args: { NPM_TOKEN: "canary-value" } } },
    lines: [
      "services.shop.image.args.NPM_TOKEN: looks like a secret, and everybody who pulls the image can read its build arguments; name it under image.secrets and mount it with RUN --mount=type=secret",
    ],
  },
  {
    name: "a build for an unknown platform",
    changes: { [`${S}.image`]: { from: "build", source: { kind: "folder", path: "./shop" }, platforms: ["linux/arm"] } },
    lines: [
      `services.shop.image.platforms[0]: is none of linux/amd64, linux/arm64, got "linux/arm"; write linux/arm64`,
    ],
  },
  {
    name: "a strategy that does not exist",
    changes: { [`${S}.strategy`]: { kind: "rolling" } },
    lines: [
      `services.shop.strategy.kind: is none of direct, canary, blue-green, got "rolling"; write one of them`,
    ],
  },
  {
    name: "a strategy with a typing mistake",
    changes: { [`${S}.strategy`]: { kind: "cannary" } },
    lines: [
      `services.shop.strategy.kind: is none of direct, canary, blue-green, got "cannary"; write canary`,
    ],
  },
  {
    name: "a strategy that is a text",
    changes: { [`${S}.strategy`]: "canary" },
    lines: [
      `services.shop.strategy: is not a map, got "canary"; write one key and its value a line`,
    ],
  },
  {
    name: "stages of blue-green",
    changes: { [`${S}.strategy`]: { kind: "blue-green", stages: [50, 100] } },
    lines: [
      "services.shop.strategy.stages: is not a setting; remove it, or use one of kind, retain",
    ],
  },
  {
    name: "a first stage that is too small",
    changes: { [`${S}.strategy`]: { kind: "canary", stages: [1, 100] } },
    lines: [
      "services.shop.strategy.stages[0]: is not a first stage from 5 to 50, got 1; begin with a share that shows errors and spares most users",
    ],
  },
  {
    name: "a first stage that is too large",
    changes: { [`${S}.strategy`]: { kind: "canary", stages: [60, 100] } },
    lines: [
      "services.shop.strategy.stages[0]: is not a first stage from 5 to 50, got 60; begin with a share that shows errors and spares most users",
    ],
  },
  {
    name: "stages that fall",
    changes: { [`${S}.strategy`]: { kind: "canary", stages: [25, 10, 100] } },
    lines: [
      "services.shop.strategy.stages[1]: does not rise above the stage before it (25), got 10; write the stages in rising order, each once",
    ],
  },
  {
    name: "stages that do not end with all",
    changes: { [`${S}.strategy`]: { kind: "canary", stages: [10, 50] } },
    lines: [
      "services.shop.strategy.stages[1]: is not 100, got 50; end with 100: a release that is never whole never ends",
    ],
  },
  {
    name: "stages with a fraction",
    changes: { [`${S}.strategy`]: { kind: "canary", stages: [12.5, 100] } },
    lines: [
      "services.shop.strategy.stages[0]: is not a whole number from 0 to 100, got 12.5; write per cent without quotes",
    ],
  },
  {
    name: "a single stage",
    changes: { [`${S}.strategy`]: { kind: "canary", stages: [100] } },
    lines: [
      "services.shop.strategy.stages: has fewer than two stages, got [100]; begin with 5 to 50 and end with 100",
    ],
  },
  {
    name: "more retained revisions than five",
    changes: { [`${S}.strategy`]: { kind: "direct", retain: 6 } },
    lines: [
      "services.shop.strategy.retain: is not a whole number from 0 to 5, got 6; write the number of revisions without quotes",
    ],
  },
  {
    name: "no port",
    changes: { [`${S}.ports`]: [] },
    lines: [
      "services.shop.ports: is empty, got []; declare the port that takes requests",
    ],
  },
  {
    name: "a port without a number",
    changes: { [`${S}.ports[0].port`]: undefined },
    lines: [
      "services.shop.ports[0].port: is missing; write the port without quotes",
    ],
  },
  {
    name: "a port that is a text",
    changes: { [`${S}.ports[0].port`]: "8080" },
    lines: [
      `services.shop.ports[0].port: is not a whole number from 1 to 65535, got "8080"; write the port without quotes`,
    ],
  },
  {
    name: "port zero",
    changes: { [`${S}.ports[0].port`]: 0 },
    lines: [
      "services.shop.ports[0].port: is not a whole number from 1 to 65535, got 0; write the port without quotes",
    ],
  },
  {
    name: "a port's name that is too long",
    changes: { [`${S}.ports[0].name`]: "public-web-interface" },
    lines: [
      `services.shop.ports[0].name: is not the name of a port, got "public-web-interface"; use 1 to 15 lower-case letters, digits and dashes, such as http`,
    ],
  },
  {
    name: "a protocol that the mesh does not know",
    changes: { [`${S}.ports[0].protocol`]: "https" },
    lines: [
      `services.shop.ports[0].protocol: is none of http, http2, grpc, tcp, got "https"; write http`,
    ],
  },
  {
    name: "two ports of one name",
    changes: { [`${S}.ports`]: [{ name: "http", port: 8080 }, { name: "http", port: 8081 }] },
    lines: [
      `services.shop.ports[1].name: is the name of another port, got "http"; give every port a name of its own`,
    ],
  },
  {
    name: "two ports of one number",
    changes: { [`${S}.ports`]: [{ name: "http", port: 8080 }, { name: "admin", port: 8080 }] },
    lines: [
      "services.shop.ports[1].port: is the number of another port, got 8080; give every port a number of its own",
    ],
  },
  {
    name: "a probe of an unknown port",
    changes: { [`${S}.probes.readiness.port`]: "web" },
    lines: [
      `services.shop.probes.readiness.port: is not a declared port, got "web"; name one of http`,
    ],
  },
  {
    name: "a probe without its kind",
    changes: { [`${S}.probes.readiness.kind`]: undefined },
    lines: [
      "services.shop.probes.readiness.kind: is missing; write one of http, grpc, tcp, exec",
    ],
  },
  {
    name: "a probe with another kind's key",
    changes: { [`${S}.probes.readiness`]: { kind: "tcp", port: "http", path: "/" } },
    lines: [
      "services.shop.probes.readiness.path: is not a setting; remove it, or use one of kind, port, periodSeconds, failureThreshold, timeoutSeconds, initialDelaySeconds",
    ],
  },
  {
    name: "no readiness probe",
    changes: { [`${S}.probes`]: {} },
    lines: [
      "services.shop.probes.readiness: is missing; write one key and its value a line",
    ],
  },
  {
    name: "a probe every zero seconds",
    changes: { [`${S}.probes.readiness.periodSeconds`]: 0 },
    lines: [
      "services.shop.probes.readiness.periodSeconds: is not a whole number from 1 to 3600, got 0; write seconds without quotes",
    ],
  },
  {
    name: "a variable with a dash",
    changes: { [`${S}.environment.LOG-LEVEL`]: "info" },
    lines: [
      `services.shop.environment.LOG-LEVEL: is not the name of an environment variable, got "LOG-LEVEL"; use letters, digits and underscores, no digit first`,
    ],
  },
  {
    name: "a variable that is true and not a text",
    changes: { [`${S}.environment.DEBUG`]: true },
    lines: [
      "services.shop.environment.DEBUG: is not a text, got true; write a text, in quotes where it looks like a number",
    ],
  },
  {
    name: "a variable that is also a secret",
    changes: { [`${S}.environment.DATABASE_URL`]: "postgres://shop" },
    lines: [
      "services.shop.secrets.DATABASE_URL: is named under environment as well; keep it in one of the two",
    ],
  },
  {
    name: "a request above its limit",
    changes: { [`${S}.resources.requests.memory`]: "1Gi" },
    lines: [
      `services.shop.resources.requests.memory: is more than the limit (256Mi), got "1Gi"; request at most the limit`,
    ],
  },
  {
    name: "a quantity in another unit",
    changes: { [`${S}.resources.requests.memory`]: "128MB" },
    lines: [
      `services.shop.resources.requests.memory: is not a Kubernetes quantity, got "128MB"; write one such as 500m, 2 or 64Mi`,
    ],
  },
  {
    name: "no memory limit",
    changes: { [`${S}.resources.limits`]: {} },
    lines: [
      "services.shop.resources.limits.memory: is missing; write one such as 500m, 2 or 64Mi",
    ],
  },
  {
    name: "fewer pods at most than at least",
    changes: { [`${S}.scaling`]: { kind: "auto", min: 7, max: 6 } },
    lines: [
      "services.shop.scaling.min: is more than max (6), got 7; write min at most as large as max",
    ],
  },
  {
    name: "both kinds of scaling",
    changes: { [`${S}.scaling.replicas`]: 3 },
    lines: [
      "services.shop.scaling.replicas: is not a setting; remove it, or use one of kind, min, max, cpuPercent",
    ],
  },
  {
    name: "a budget that keeps every pod",
    changes: { [`${S}.disruption`]: { kind: "min-available", pods: 2 } },
    lines: [
      "services.shop.disruption.pods: keeps every pod from being evicted while there are 2, got 2; write less than the fewest pods, so that nodes can be drained",
    ],
  },
  {
    name: "a share above the whole",
    changes: { [`${S}.disruption`]: { kind: "max-unavailable", pods: "101%" } },
    lines: [
      `services.shop.disruption.pods: is not a share of the pods, got "101%"; write one such as "25%", or a number of pods`,
    ],
  },
  {
    name: "a budget that is a list",
    changes: { [`${S}.disruption`]: { kind: "max-unavailable", pods: [1] } },
    lines: [
      `services.shop.disruption.pods: has none of the accepted forms, got [1]; write the number of pods without quotes or write one such as "25%", or a number of pods`,
    ],
  },
  {
    name: "the root user",
    changes: { [`${S}.user`]: 0 },
    lines: [
      "services.shop.user: is not a whole number from 1 to 4294967294, got 0; write the user's number without quotes",
    ],
  },
  {
    name: "draining that takes all the grace",
    changes: { [`${S}.drainSeconds`]: 30 },
    lines: [
      "services.shop.drainSeconds: leaves no time of gracePeriodSeconds (30) to stop in, got 30; write less, or raise gracePeriodSeconds",
    ],
  },
  {
    name: "a writable folder that is relative",
    changes: { [`${S}.writable`]: ["tmp"] },
    lines: [
      `services.shop.writable[0]: is not an absolute path, got "tmp"; start it with /, without an empty, . or .. part`,
    ],
  },
  {
    name: "a host without a domain",
    changes: { [`${S}.traffic.exposure.hosts`]: ["shop"] },
    lines: [
      `services.shop.traffic.exposure.hosts[0]: is not a DNS name, got "shop"; write it in lower case with its domain, such as shop.example.com`,
    ],
  },
  {
    name: "a host in capitals",
    changes: { [`${S}.traffic.exposure.hosts`]: ["Shop.example.com"] },
    lines: [
      `services.shop.traffic.exposure.hosts[0]: is not a DNS name, got "Shop.example.com"; write it in lower case with its domain, such as shop.example.com`,
    ],
  },
  {
    name: "two services of one host",
    changes: { "services.cart.traffic": { exposure: { kind: "gateway", hosts: ["shop.example.com"], tls: { mode: "plaintext", reason: "a test" } } } },
    lines: [
      `services.cart.traffic.exposure.hosts[0]: is a host of services.shop already, got "shop.example.com"; give every host to one service`,
    ],
  },
  {
    name: "no TLS without a reason",
    changes: { [`${S}.traffic.exposure.tls`]: { mode: "plaintext" } },
    lines: [
      "services.shop.traffic.exposure.tls.reason: is missing; write such a text, in quotes where it looks like a number",
    ],
  },
  {
    name: "a gateway to a port of bytes",
    changes: { [`${S}.traffic.exposure.port`]: "db" },
    lines: [
      `services.shop.traffic.exposure.port: is not a declared port that speaks HTTP, got "db"; name one of http`,
    ],
  },
  {
    name: "testers of a direct release",
    changes: { "services.cart.traffic": { testers: { header: "x-tester", value: "1" } } },
    lines: [
      "services.cart.traffic.testers: needs a candidate beside the stable revision, and a direct release has none; choose the strategy canary or blue-green, or remove it",
    ],
  },
  {
    name: "a header in capitals",
    changes: { [`${S}.traffic.testers`]: { header: "X-Tester", value: "1" } },
    lines: [
      `services.shop.traffic.testers.header: is not the name of a header in lower case, got "X-Tester"; write one such as x-tester`,
    ],
  },
  {
    name: "a try that is longer than the answer",
    changes: { [`${S}.traffic.timeoutSeconds`]: 2, [`${S}.traffic.retries`]: { perTrySeconds: 5 } },
    lines: [
      "services.shop.traffic.retries.perTrySeconds: is longer than the whole answer may take (2), got 5; write less, or raise traffic.timeoutSeconds",
    ],
  },
  {
    name: "a retry on an unknown condition",
    changes: { [`${S}.traffic.retries`]: { on: ["5xxx"] } },
    lines: [
      `services.shop.traffic.retries.on[0]: is none of 5xx, gateway-error, reset, reset-before-request, connect-failure, envoy-ratelimited, retriable-4xx, refused-stream, retriable-status-codes, retriable-headers, cancelled, deadline-exceeded, internal, resource-exhausted, unavailable, got "5xxx"; write 5xx`,
    ],
  },
  {
    name: "a mirror of more than everything",
    changes: { [`${S}.traffic.mirror`]: { percent: 101 } },
    lines: [
      "services.shop.traffic.mirror.percent: is not a number from 0.01 to 100, got 101; write per cent without quotes",
    ],
  },
  {
    name: "an affinity by two keys",
    changes: { [`${S}.traffic.affinity`]: { kind: "pod", by: { header: "x-user", sourceIp: true } } },
    lines: [
      "services.shop.traffic.affinity.by.sourceIp: is not a setting; remove it, or use one of header",
    ],
  },
];

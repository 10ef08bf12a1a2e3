import { describe, expect, test } from "@jest/globals";
import type { Resource } from "../../policy/types.ts";
import { deployment, object, resource, said, UNKNOWN } from "./stack.ts";

describe("weights-add-up", () => {
  const routes = (...weights: unknown[]) => weights.map((weight, index) => ({ destination: { host: `h${index}` }, ...(weight !== undefined && { weight }) }));
  const service = (route: unknown, protocol = "http") => [object("networking.istio.io/v1:VirtualService", "web", { spec: { [protocol]: [{ route }] } })];
  const todo = "write whole numbers that add up to 100";

  test.each([
    ["90 and 10", routes(90, 10)],
    ["0 and 100", routes(0, 100)],
    ["one without a weight", routes(undefined)],
    ["100 and none, which is 0", routes(100, undefined)],
    ["a weight that only the update tells", routes(UNKNOWN, 10)],
    ["no destination", []],
    ["no route", undefined],
  ])("%s pass", (_, route) => {
    expect(said("weights-add-up", service(route))).toEqual([]);
  });

  test.each([
    ["90 and 20", routes(90, 20), "[90,20]"],
    ["50 and 49", routes(50, 49), "[50,49]"],
    ["one of 50", routes(50), "[50]"],
    ["two without a weight", routes(undefined, undefined), "[null,null]"],
  ])("%s do not", (_, route, got) => {
    expect(said("weights-add-up", service(route))).toEqual([`web: spec.http.0.route has weights that do not add up to 100, got ${got}; ${todo}`]);
  });

  test.each([
    ["99.5 and 0.5", routes(99.5, 0.5), "[99.5,0.5]"],
    ["110 and -10", routes(110, -10), "[110,-10]"],
    ["a text", routes("many", 10), '["many",10]'],
  ])("%s are no weights", (_, route, got) => {
    expect(said("weights-add-up", service(route))).toEqual([`web: spec.http.0.route has a weight that is no whole number from 0, got ${got}; ${todo}`]);
  });

  test.each(["http", "tcp", "tls"])("routes of %s count", (protocol) => {
    expect(said("weights-add-up", service(routes(1, 2), protocol))).toEqual([`web: spec.${protocol}.0.route has weights that do not add up to 100, got [1,2]; ${todo}`]);
  });

  test("another kind has no weights", () => {
    expect(said("weights-add-up", [object("core/v1:Service", "web", { spec: { http: [{ route: routes(1) }] } })])).toEqual([]);
  });
});

describe("mesh-mtls-strict", () => {
  const peers = (specification: Record<string, unknown>, metadata: Record<string, unknown> = {}) => object("security.istio.io/v1:PeerAuthentication", "mtls", { metadata, spec: specification });
  const STRICT = { mtls: { mode: "STRICT" } };
  const own = { ...STRICT, selector: { matchLabels: { app: "web" } } };
  const uncovered = "are selected by no PeerAuthentication; declare one with mode STRICT for its pods or its namespace";

  test.each<[string, Resource]>([
    ["its own", peers(own)],
    ["that of its namespace", peers(STRICT)],
    ["that of the mesh", peers(STRICT, { namespace: "istio-system" })],
  ])("pods under %s pass", (_, authentication) => {
    expect(said("mesh-mtls-strict", [deployment(), authentication])).toEqual([]);
  });

  test.each<[string, Resource[]]>([
    ["none", []],
    ["another's", [peers({ ...STRICT, selector: { matchLabels: { app: "other" } } })]],
    ["another namespace's", [peers(STRICT, { namespace: "other" })]],
    ["the ingress gateway's", [peers(own, { namespace: "istio-system" })]],
  ])("pods under %s do not", (_, others) => {
    expect(said("mesh-mtls-strict", [deployment(), ...others])).toEqual([`web: spec.template.metadata.labels ${uncovered}`]);
  });

  test.each(["StatefulSet", "DaemonSet"])("a %s is judged as well", (kind) => {
    expect(said("mesh-mtls-strict", [object(`apps/v1:${kind}`, "web", { spec: { template: {} } })])).toEqual([`web: spec.template.metadata.labels ${uncovered}`]);
  });

  test("what only the update tells passes", () => {
    const later = object("apps/v1:Deployment", "later", { spec: { template: { metadata: { labels: UNKNOWN } } } });
    expect(said("mesh-mtls-strict", [later, peers({ mtls: UNKNOWN }), peers({ mtls: { mode: UNKNOWN } })])).toEqual([]);
  });

  test("every mode has to be STRICT", () => {
    expect(said("mesh-mtls-strict", [peers({ ...STRICT, portLevelMtls: { 8080: { mode: "STRICT" } } })])).toEqual([]);
    expect(said("mesh-mtls-strict", [peers({ mtls: { mode: "PERMISSIVE" }, portLevelMtls: { 8080: { mode: "DISABLE" } } }), peers({})])).toEqual([
      'mtls: spec.mtls.mode accepts calls without mutual TLS, got "PERMISSIVE"; set it to STRICT',
      'mtls: spec.portLevelMtls.8080.mode accepts calls without mutual TLS, got "DISABLE"; set it to STRICT',
      "mtls: spec.mtls.mode accepts calls without mutual TLS; set it to STRICT",
    ]);
  });

  test("a caller has to use it", () => {
    const rule = (mode: unknown) => object("networking.istio.io/v1:DestinationRule", "rule", { spec: { trafficPolicy: { tls: { mode } } } });
    expect(said("mesh-mtls-strict", [rule("ISTIO_MUTUAL"), rule(undefined), object("networking.istio.io/v1:DestinationRule", "none", { spec: {} })])).toEqual([]);
    expect(said("mesh-mtls-strict", [rule("DISABLE"), rule("SIMPLE")])).toEqual([
      'rule: spec.trafficPolicy.tls.mode calls without the mesh\'s own identity, got "DISABLE"; set it to ISTIO_MUTUAL, or leave it out',
      'rule: spec.trafficPolicy.tls.mode calls without the mesh\'s own identity, got "SIMPLE"; set it to ISTIO_MUTUAL, or leave it out',
    ]);
  });
});

describe("callers-named", () => {
  const allow = (rules: unknown, action?: string) => [object("security.istio.io/v1:AuthorizationPolicy", "callers", { spec: { ...(action !== undefined && { action }), rules } })];
  const todo = "name the callers' service accounts or namespaces";
  const from = (source: unknown) => [{ from: [{ source: { namespaces: ["shop"] } }, { source }] }];

  test.each<[string, unknown, string | undefined]>([
    ["named callers", from({ principals: ["cluster.local/ns/shop/sa/web"] }), "ALLOW"],
    ["nobody at all", [], "ALLOW"],
    ["callers that only the update tells", [{ from: UNKNOWN }], undefined],
    ["a denial of everybody", [{}], "DENY"],
  ])("%s pass", (_, rules, action) => {
    expect(said("callers-named", allow(rules, action))).toEqual([]);
  });

  test.each<[string, unknown, string]>([
    ["an empty rule", [{ from: [{ source: { namespaces: ["shop"] } }] }, {}], `callers: spec.rules.1.from is missing, so that everybody may call; ${todo}`],
    ["an empty list of sources", [{ from: [] }], `callers: spec.rules.0.from is missing, so that everybody may call; ${todo}`],
    ["an empty source", from({}), `callers: spec.rules.0.from.1.source is everybody, got {}; ${todo}`],
    ["a wildcard", from({ principals: ["cluster.local/ns/shop/sa/web", "*"] }), `callers: spec.rules.0.from.1.source is everybody, got {"principals":["cluster.local/ns/shop/sa/web","*"]}; ${todo}`],
  ])("%s does not", (_, rules, line) => {
    expect(said("callers-named", allow(rules, "ALLOW"))).toEqual([line]);
    expect(said("callers-named", allow(rules))).toEqual([line]);
  });

  test("another kind has no callers", () => {
    expect(said("callers-named", [object("core/v1:Service", "web", { spec: { rules: [{}] } })])).toEqual([]);
  });
});

describe("rbac-narrow", () => {
  const role = (kind: string, rule: Record<string, unknown>) => object(`rbac.authorization.k8s.io/v1:${kind}`, "role", { rules: [{ verbs: ["get"] }, rule] });
  const binding = (kind: string, roleRef: string, ...names: string[]) => object(`rbac.authorization.k8s.io/v1:${kind}`, "binding", { roleRef: { name: roleRef }, subjects: names.map((name) => ({ name })) });

  test("what is named passes", () => {
    expect(said("rbac-narrow", [role("Role", { apiGroups: [""], resources: ["pods"], verbs: ["get"] }), binding("RoleBinding", "view", "ci"), object("core/v1:Service", "web", { rules: [{ verbs: ["*"] }], roleRef: { name: "cluster-admin" } })])).toEqual([]);
  });

  test.each(["Role", "ClusterRole"])("a %s with wildcards does not", (kind) => {
    const rule = { apiGroups: ["*"], resources: ["pods", "*"], verbs: ["*"], nonResourceURLs: ["*"] };
    const todo = "name each one that is needed";
    expect(said("rbac-narrow", [role(kind, rule)])).toEqual([
      `role: rules.1.apiGroups is a wildcard, got ["*"]; ${todo}`,
      `role: rules.1.resources is a wildcard, got ["pods","*"]; ${todo}`,
      `role: rules.1.verbs is a wildcard, got ["*"]; ${todo}`,
      `role: rules.1.nonResourceURLs is a wildcard, got ["*"]; ${todo}`,
    ]);
  });

  test.each(["RoleBinding", "ClusterRoleBinding"])("a %s of everything, or to everybody, does not", (kind) => {
    const todo = "name a service account, user or group";
    expect(said("rbac-narrow", [binding(kind, "cluster-admin", "ci", "system:anonymous", "system:authenticated", "system:unauthenticated", "system:serviceaccounts")])).toEqual([
      'binding: roleRef.name may do everything, got "cluster-admin"; bind a role of what is needed',
      `binding: subjects.1.name is everybody, got "system:anonymous"; ${todo}`,
      `binding: subjects.2.name is everybody, got "system:authenticated"; ${todo}`,
      `binding: subjects.3.name is everybody, got "system:unauthenticated"; ${todo}`,
      `binding: subjects.4.name is everybody, got "system:serviceaccounts"; ${todo}`,
    ]);
  });

  test("a resource of another provider with such a name is none of Kubernetes'", () => {
    expect(said("rbac-narrow", [resource("aws:iam/role:Role", "role", { rules: [{ verbs: ["*"] }] })])).toEqual([]);
  });
});

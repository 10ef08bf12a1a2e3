import type { Bad } from "./base.ts";

const S = "services.shop";
const R = "repositories.shop";
const N = "namespaces.shop";

export const shapes: readonly Bad[] = [
  {
    name: "a missing owner",
    changes: { "github:owner": undefined },
    lines: [
      "github:owner: is missing; run pulumi config set github:owner <organisation or user>",
    ],
  },
  {
    name: "an owner with a dash at the end",
    changes: { "github:owner": "acme-" },
    lines: [
      `github:owner: is not the name of a GitHub organisation or user, got "acme-"; use 1 to 39 letters, digits and single dashes, no dash first or last`,
    ],
  },
  {
    name: "an owner that is a whole path",
    changes: { "github:owner": "acme/shop" },
    lines: [
      `github:owner: is not the name of a GitHub organisation or user, got "acme/shop"; use 1 to 39 letters, digits and single dashes, no dash first or last`,
    ],
  },
  {
    name: "a section that is a list",
    changes: { namespaces: [], services: undefined },
    lines: [
      "namespaces: is not a map, got []; write one name and its value a line, or remove the section",
    ],
  },
  {
    name: "a section that is a text",
    changes: { repositories: "shop", services: undefined },
    lines: [
      `repositories: is not a map, got "shop"; write one name and its value a line, or remove the section`,
    ],
  },
  {
    name: "a section that is empty",
    changes: { repositories: "", services: undefined },
    lines: [
      `repositories: is not a map, got ""; write one name and its value a line, or remove the section`,
    ],
  },
  {
    name: "a section that is null",
    changes: { namespaces: null, services: undefined },
    lines: [
      "namespaces: is not a map, got null; write one name and its value a line, or remove the section",
    ],
  },
  {
    name: "a section that is a number",
    changes: { namespaces: 7, services: undefined },
    lines: [
      "namespaces: is not a map, got 7; write one name and its value a line, or remove the section",
    ],
  },
  {
    name: "an entry that is null",
    changes: { "namespaces.tools": null },
    lines: [
      "namespaces.tools: is not a map, got null; write one key and its value a line",
    ],
  },
  {
    name: "an entry that is a list",
    changes: { "namespaces.tools": [{}] },
    lines: [
      "namespaces.tools: is not a map, got [{}]; write one key and its value a line",
    ],
  },
  {
    name: "a section with a typing mistake",
    changes: { servces: {} },
    lines: [
      "servces: is neither a section nor a secret that a section names; write services instead",
    ],
  },
  {
    name: "a section in the singular",
    changes: { repository: {} },
    lines: [
      "repository: is neither a section nor a secret that a section names; write repositories instead",
    ],
  },
  {
    name: "a section in another project's namespace",
    changes: { "slipwya:services": "{}" },
    lines: [
      "slipwya:services: is neither a section nor a secret that a section names; write slipway:services instead",
    ],
  },
  {
    name: "a key that is nobody's",
    changes: { colour: "blue" },
    lines: [
      "colour: is neither a section nor a secret that a section names; remove it, or use one of repositories, namespaces, services, grafana, prometheus, drift, policy, npmToken, databaseUrl",
    ],
  },
  {
    name: "a prototype as a section's entry",
    changes: { "services.__proto__": { admin: true } },
    lines: [
      "services.__proto__: is not a name that JavaScript can keep; choose another name",
    ],
  },
  {
    name: "a prototype deep inside an entry",
    changes: { [`${S}.environment.__proto__`]: "x" },
    lines: [
      "services.shop.environment.__proto__: is not a name that JavaScript can keep; choose another name",
    ],
  },
  {
    name: "a prototype in place of an object",
    changes: { [`${S}.traffic.__proto__`]: { exposure: { kind: "mesh" } } },
    lines: [
      "services.shop.traffic.__proto__: is not a name that JavaScript can keep; choose another name",
    ],
  },
  {
    name: "a constructor as an unknown key",
    changes: { [`${S}.constructor`]: {} },
    lines: [
      "services.shop.constructor: is not a setting; remove it, or look its name up in docs/reference/settings.md",
    ],
  },
  {
    name: "a key of an object's own methods",
    changes: { [`${S}.toString`]: 1 },
    lines: [
      "services.shop.toString: is not a setting; remove it, or look its name up in docs/reference/settings.md",
    ],
  },
  {
    name: "numbers beyond what a double holds",
    changes: { namespaces: '{"shop":{"quota":{"pods":1e999}},"tools":{"egress":[{"to":{"namespace":"shop"}}]}}' },
    lines: [
      "namespaces.shop.quota.pods: is not a whole number from 1 to 10000, got Infinity; write the number of pods without quotes",
    ],
  },
  {
    name: "a negative zero where pods are counted",
    changes: { [`${S}.scaling.min`]: -0 },
    lines: [
      "services.shop.scaling.min: is not a whole number from 1 to 1000, got 0; write the number of pods without quotes",
    ],
  },
  {
    name: "a whole number that a double cannot tell from its neighbour",
    changes: { [`${S}.scaling.max`]: 9007199254740993 },
    lines: [
      "services.shop.scaling.max: is not a whole number from 1 to 1000, got 9007199254740992; write the number of pods without quotes",
    ],
  },
  {
    name: "a section that is not JSON, such as NaN",
    changes: { namespaces: "{\"shop\":{\"quota\":{\"pods\":NaN}}}", services: undefined },
    lines: [
      `namespaces: is not a map, got "{\\"shop\\":{\\"quota\\":{\\"pods\\":NaN}}}"; write one name and its value a line, or remove the section`,
    ],
  },
  {
    name: "nulls inside nulls",
    changes: { [`${S}.traffic.exposure`]: { kind: null, hosts: [null], tls: null } },
    lines: [
      "services.shop.traffic.exposure.kind: is none of gateway, mesh, got null; write one of them",
    ],
  },
  {
    name: "a list in place of a map of names",
    changes: { [`${S}.environment`]: ["LOG_LEVEL=info"] },
    lines: [
      `services.shop.environment: is not a map, got ["LOG_LEVEL=info"]; write one name and its value a line`,
    ],
  },
  {
    name: "a map in place of a list",
    changes: { [`${S}.ports`]: { http: 8080 } },
    lines: [
      `services.shop.ports: is not a list, got {"http":8080}; write one item a line, each after a dash`,
    ],
  },
  {
    name: "a value of many characters",
    changes: { [`${S}.spread`]: "zone ".repeat(100) },
    lines: [
      `services.shop.spread: is none of zone, node, none, got "zone zone zone zone zone zone zone zone zone zone zone zon…; write one of them`,
    ],
  },
  {
    name: "a value that spans lines",
    changes: { [`${S}.spread`]: "zone\n\u2028\u202Enode" },
    lines: [
      `services.shop.spread: is none of zone, node, none, got "zone\\n\\u{2028}\\u{202e}node"; write one of them`,
    ],
  },
  {
    name: "a key that spans lines",
    changes: { services: '{"a\\nb":{}}' },
    lines: [
      `services["a\\nb"]: is not the name of a service, got "a\\nb"; use 1 to 50 lower-case letters, digits and dashes, a letter first, no dash last`,
    ],
  },
  {
    name: "a name in other letters",
    changes: { services: '{"магазин":{}}' },
    lines: [
      `services.магазин: is not the name of a service, got "магазин"; use 1 to 50 lower-case letters, digits and dashes, a letter first, no dash last`,
    ],
  },
  {
    name: "a name of emoji",
    changes: { namespaces: '{"🚢":{}}', services: undefined },
    lines: [
      `namespaces["🚢"]: is not a DNS label, got "🚢"; use 1 to 63 lower-case letters, digits and dashes, a letter first, no dash last`,
    ],
  },
  {
    name: "a name that is empty",
    changes: { namespaces: '{"":{}}', services: undefined },
    lines: [
      `namespaces[""]: is not a DNS label, got ""; use 1 to 63 lower-case letters, digits and dashes, a letter first, no dash last`,
    ],
  },
  {
    name: "a nested value as deep as a well",
    changes: { namespaces: `{"shop":${"[".repeat(5000)}${"]".repeat(5000)}}`, services: undefined },
    lines: [
      "namespaces.shop: is not a map, got [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[…; write one key and its value a line",
    ],
  },
  {
    name: "several problems at once",
    changes: { "github:owner": "-", [`${R}.visibility`]: "hidden", [`${N}.protect`]: "no", [`${S}.user`]: 0, [`${S}.strategy`]: { kind: "canary", stages: [10, 5, 90] }, "services.cart.namespace": "carts" },
    lines: [
      `github:owner: is not the name of a GitHub organisation or user, got "-"; use 1 to 39 letters, digits and single dashes, no dash first or last`,
      `repositories.shop.visibility: is none of public, private, internal, got "hidden"; write one of them`,
      `namespaces.shop.protect: is not true or false, got "no"; write true or false without quotes`,
      "services.shop.user: is not a whole number from 1 to 4294967294, got 0; write the user's number without quotes",
      `services.cart.namespace: is not a declared namespace, got "carts"; declare it under namespaces`,
    ],
  },
];

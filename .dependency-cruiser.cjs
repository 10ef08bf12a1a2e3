/** The import rules of the house; docs/toolchain.md says why. A violation fails `npm test`. */

/** A local import that is not allowed. */
function no(name, from, to, comment) {
  return { name, severity: "error", comment, from, to };
}

module.exports = {
  forbidden: [
    no(
      "components-know-no-house",
      { path: "^components/" },
      { path: "^(settings|operations|policy|sandbox|toolchain|test|bench|index\\.ts)" },
      "components take args; only settings reads the configuration",
    ),
    no(
      "only-delivery-composes",
      { path: "^components/([^/]+)/", pathNot: "^components/delivery/" },
      { path: "^components/[^/]+/", pathNot: "^components/$1/" },
      "a component knows no sibling folder; delivery puts them together",
    ),
    no(
      "settings-read-only",
      { path: "^settings/" },
      { path: "^(operations|policy|sandbox|toolchain|test|bench|index\\.ts)" },
      "settings turns configuration into components' args",
    ),
    no("index-wires", { path: "^index\\.ts$" }, { path: "^[^/]+", pathNot: "^(settings/|components/|[a-z:_/]+$)|(^|/)node_modules/" }, "index.ts is settings and components"),
    no(
      "sandbox-stands-alone",
      { path: "^sandbox/" },
      { path: "^(components|settings|operations|policy|toolchain|test|bench|index\\.ts)" },
      "a cloud that knew the program would agree with its mistakes",
    ),
    no(
      "toolchain-knows-no-program",
      { path: "^toolchain/" },
      { path: "^(components|settings|policy|test|bench|index\\.ts)" },
      "the toolchain must work when the program does not",
    ),
    no("toolchain-calls-operations-from-the-cli", { path: "^toolchain/", pathNot: "^toolchain/(cli|commands/[^/]+)\\.ts$" }, { path: "^operations/" }, "cli.ts and commands/ are the one place that knows every command"),
    no(
      "operations-use-pure-files",
      { path: "^operations/" },
      { path: "^(components/(?!delivery/|observability/|images/reference\\.ts)|sandbox/|test/|bench/|index\\.ts)" },
      "operations ask the settings and the pure decisions, and never register a resource",
    ),
    no(
      "one-way-to-the-policies",
      { path: "^operations/", pathNot: "^operations/policy/" },
      { path: "^policy/" },
      "operations/policy judges a preview where no pack can be started; everybody else asks it",
    ),
    no("no-pack-beside-a-command", { path: "^operations/policy/" }, { path: "^policy/pack\\.ts$" }, "importing the pack starts its server"),
    no("lab-stands-alone", { path: "^lab/" }, { path: "^(components|settings|operations|policy|sandbox|test|bench|index\\.ts)" }, "a mesh that knew the program would agree with its mistakes"),
    no("policy-judges-alone", { path: "^policy/" }, { path: "^(operations|sandbox|toolchain|test|bench|index\\.ts)" }, "the last gate shares no code with what it judges"),
    no("no-development-packages", { path: "^(components|settings|sandbox|operations|index\\.ts)" }, { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"], pathNot: "@types/" }, "the program runs where only its dependencies are"),
    no("no-parsers-in-a-preview", { path: "^index\\.ts$" }, { path: "^components/observability/promql/(parse|check)", reachable: true }, "the tests parse every form of a query; a preview would pay for it each time"),
    no("no-cycles", {}, { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } }, "a cycle hides which file decides"),
    no("no-unresolved", {}, { couldNotResolve: true }, "an import that finds nothing"),
  ],
  options: {
    parser: "swc",
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(node_modules|coverage|\\.sandbox)/.*/node_modules/" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "require", "default", "types"], mainFields: ["main", "types"] },
  },
};

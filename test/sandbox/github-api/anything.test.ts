import { readFileSync } from "node:fs";
import fc from "fast-check";
import { closeGitHubs, openGitHub } from "./open.ts";

afterEach(closeGitHubs);

interface Described {
  paths: Record<string, Record<string, { requestBody?: { content: { "application/json": { schema: { properties?: Record<string, unknown> } } } } }>>;
}

const { paths }: Described = JSON.parse(readFileSync(new URL("../../../sandbox/schemas/github-api.json", import.meta.url), "utf8"));
const CALLS = Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, { requestBody }]) => ({ method: method.toUpperCase(), path, names: Object.keys(requestBody?.content["application/json"].schema.properties ?? {}) })));

/** Names that are there, and names that nobody would give. */
const name = fc.oneof(fc.constantFrom("acme", "shop", "main", "production", "ada", "platform", "1", "drift", "heads/main", ".."), fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" }));
const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom("main", "production", true, false, 0, 1, [], {}, null, ["a"], [{}]));
const call = fc.constantFrom(...CALLS).chain(({ method, names, path }) => fc.record({
  method: fc.constant(method),
  path: fc.array(name, { minLength: 4, maxLength: 4 }).map((given) => { let next = 0; return path.replace(/\{(owner|org|repo|[^}]+)\}/g, (_, hole) => encodeURIComponent(hole === "owner" || hole === "org" ? "acme" : hole === "repo" ? "shop" : (given[next++] ?? "x"))); }),
  body: names.length === 0 ? fc.constant(undefined) : fc.dictionary(fc.constantFrom(...names), value, { maxKeys: names.length }),
}));

test("no request makes the sandbox answer what GitHub would not", async () => {
  const { ask, clock, declare } = await openGitHub();
  await fc.assert(fc.asyncProperty(call, async ({ body, method, path }) => {
    clock.now += 60_000;
    declare("Repository", { name: "shop", autoInit: true, visibility: "public" });
    const answer = await ask(`${method} ${path}`, method === "GET" ? undefined : body);
    expect({ status: answer.status, ...(answer.status === 500 ? { said: answer.of("message") } : {}) }).not.toMatchObject({ status: 500 });
  }), { numRuns: 150 });
});

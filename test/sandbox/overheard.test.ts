import { expect, test } from "@jest/globals";
import type { Backend, Subject } from "../../sandbox/backend.ts";
import { overheard } from "../../sandbox/overheard.ts";
import { UNKNOWN } from "../../sandbox/values.ts";
import type { Revealed, Value } from "../../sandbox/values.ts";

const hidden = (value: Value): Revealed => ({ plain: { open: "open", value }, secrets: [["value"]] });
const subject: Subject = { urn: "urn", type: "type", name: "it", configuration: {} };
const olds = { inputs: hidden("old inputs"), outputs: hidden("old outputs") };
const backend: Backend = {
  name: "fake",
  version: "1.0.0",
  checkConfiguration: () => [],
  check: () => ({ inputs: hidden("checked"), problems: [] }),
  diff: () => ({ changes: [], deleteBeforeReplace: false }),
  create: async () => ({ id: "id", outputs: hidden("created") }),
  read: async () => ({ id: "id", inputs: hidden("read inputs"), outputs: hidden("read outputs") }),
  update: async () => hidden("updated"),
  delete: async () => {},
  invoke: async (token) => (token === "refused" ? { problems: [] } : hidden("answered")),
};

test.each<[string, (heard: Backend) => unknown, string[]]>([
  ["checkConfiguration", (heard) => heard.checkConfiguration(hidden("given")), ["given"]],
  ["check", (heard) => heard.check(subject, hidden("old"), hidden("new"), ""), ["old", "new", "checked"]],
  ["diff", (heard) => heard.diff(subject, "id", olds, hidden("new")), ["old inputs", "old outputs", "new"]],
  ["create", (heard) => heard.create(subject, hidden("new"), false), ["new", "created"]],
  ["read", (heard) => heard.read(subject, "id", olds), ["old inputs", "old outputs", "read inputs", "read outputs"]],
  ["read of an import", (heard) => heard.read(subject, "id", undefined), ["read inputs", "read outputs"]],
  ["update", (heard) => heard.update(subject, "id", olds, hidden("new"), false), ["old inputs", "old outputs", "new", "updated"]],
  ["delete", (heard) => heard.delete(subject, "id", olds), ["old inputs", "old outputs"]],
  ["invoke", (heard) => heard.invoke("token", hidden("given"), {}), ["given", "answered"]],
  ["an invoke that is refused", (heard) => heard.invoke("refused", hidden("given"), {}), ["given"]],
])("of %s, every secret given and answered is told, and nothing else", async (_, call, expected) => {
  const told: string[] = [];
  await call(overheard(backend, (value) => told.push(value)));
  expect(told).toEqual(expected);
});

test("every text in a secret is told, and one that is not known yet is not", () => {
  const told: string[] = [];
  overheard(backend, (value) => told.push(value)).checkConfiguration(hidden({ a: "one", b: ["two", 3, null, true, UNKNOWN] }));
  expect(told).toEqual(["one", "two"]);
});

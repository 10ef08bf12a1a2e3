import { afterAll, expect, test } from "@jest/globals";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { planRecovery, removeStrays } from "../../toolchain/recovery.ts";
import { clearRooms, put, room } from "./room.ts";

afterAll(clearRooms);

const urn = (name: string) => `urn:pulumi:sandbox::slipway::github:index/repository:Repository::${name}`;
const pending = (type: string, name: string, token = "github:index/repository:Repository") => ({ type, resource: { urn: urn(name), type: token } });

test.each([[{ deployment: {} }], [{ deployment: { pending_operations: [] } }]])("a state %j needs no recovery", (state) => {
  expect(planRecovery(state, ["github"])).toBeUndefined();
});

test("every operation is forgotten, and what was created without the state's knowledge is a stray", () => {
  const operations = [pending("creating", "new"), pending("creating", "known"), pending("updating", "known"), pending("deleting", "old")];
  const state = { version: 3, deployment: { manifest: {}, resources: [{ urn: urn("known") }], pending_operations: operations } };
  expect(planRecovery(state, ["github"])).toEqual({
    state: { version: 3, deployment: { manifest: {}, resources: [{ urn: urn("known") }], pending_operations: [] } },
    strays: [urn("new")],
    operations: ["creating Repository new", "creating Repository known", "updating Repository known", "deleting Repository old"],
  });
});

test("an operation of a provider that was left out stays for a person to judge", () => {
  const real = pending("creating", "a", "kubernetes:core/v1:ConfigMap");
  const state = { deployment: { pending_operations: [real, pending("reading", "b")] } };
  expect(planRecovery(state, ["github"])).toEqual({ state: { deployment: { pending_operations: [real] } }, strays: [], operations: ["reading Repository b"] });
  expect(planRecovery({ deployment: { pending_operations: [real] } }, ["github"])).toBeUndefined();
});

test("only the documents that a stray made are removed", () => {
  const cloud = room();
  const mine = put(join(cloud, "github/o/a/repository.yaml"), `# made by ${urn("a")}\nname: a\n`);
  const other = put(join(cloud, "github/o/ab/repository.yaml"), `# made by ${urn("ab")}\nname: ab\n`);
  const person = put(join(cloud, "github/o/p/repository.yaml"), `name: p\n# made by ${urn("a")}\n`);
  const notes = put(join(cloud, "github/o/a/notes.txt"), `# made by ${urn("a")}\n`);
  removeStrays(cloud, [urn("a")]);
  expect([mine, other, person, notes].map((path) => existsSync(path))).toEqual([false, true, true, true]);
  removeStrays(join(cloud, "absent"), []);
});

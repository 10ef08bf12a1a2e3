import { expect, test } from "@jest/globals";
import { parts, table } from "../../toolchain/doctor.ts";
import type { Part } from "../../toolchain/doctor.ts";

const node: Part = { part: "node", found: true, needed: true, version: "24.1.0", from: "/bin/node", advice: "" };
const pulumi: Part = { part: "pulumi", found: false, needed: true, version: "", from: "", advice: "run npm start" };
const docker: Part = { part: "docker", found: false, needed: false, version: "", from: "", advice: "install Docker" };

test("the table says what is there, what is missing and what to do", () => {
  expect(table([node, pulumi, docker])).toBe(
    ["part    found    version  where from, or what to do", "node    yes      24.1.0   /bin/node", "pulumi  missing           run npm start", "docker  no                install Docker"].join("\n"),
  );
});

test("every part of this machine is found or comes with advice", async () => {
  const all = await parts();
  expect(all.map((each) => each.part)).toEqual(["node", "pulumi", "pulumi-language-nodejs", "git", "go", "docker", "actionlint", "shellcheck", "zizmor", "act", "verdaccio", "pypiserver", "github-api"]);
  expect(all.filter((each) => each.found === (each.advice !== ""))).toEqual([]);
});

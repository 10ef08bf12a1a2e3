import { describe, expect, test } from "@jest/globals";
import { parseSettings } from "../../settings/parse.ts";
import { ancestors, narrowed, targetedServices, targetedText } from "../../settings/targeted.ts";
import { BASE, changed, SECRETS } from "./base.ts";

const DECLARED = new Set(["shop", "shop-api", "shopping", "cart"]);
const driver = (): ReadonlySet<number> => new Set([4711, 12]);

describe("an update that is about some services", () => {
  test("is told by the driver that runs it, and takes along those whose names begin with theirs", () => {
    expect(targetedServices(targetedText(4711, ["shop"]), DECLARED, driver)).toEqual(new Set(["shop", "shop-api"]));
    expect(targetedServices(targetedText(12, ["cart", "shopping"]), DECLARED, driver)).toEqual(new Set(["cart", "shopping"]));
  });

  test.each([
    ["nobody says so", undefined],
    ["another process says so, whose variable got here", targetedText(4712, ["shop"])],
    ["it names a service that is none", targetedText(4711, ["shop", "blog"])],
    ["it names none", targetedText(4711, [])],
    ["it is no JSON", "shop"],
    ["it says more than is known", '{"by":4711,"services":["shop"],"all":true}'],
  ])("is about all where %s", (_, text) => {
    expect(targetedServices(text, DECLARED, driver)).toBeUndefined();
  });

  test("knows those by whom this process was started", () => {
    expect(ancestors().has(process.ppid)).toBe(process.platform === "linux");
    expect(ancestors().has(process.pid)).toBe(false);
  });

  test("declares them with their namespaces, and neither repositories nor others", () => {
    const raw = Object.entries(changed(BASE, { "services.cart.namespace": "tools" })).map(([key, value]) => [key.includes(":") ? key : `slipway:${key}`, typeof value === "string" ? value : JSON.stringify(value)]);
    const parsed = parseSettings(Object.fromEntries(raw), new Set(SECRETS.map((key) => `slipway:${key}`)));
    if (!("settings" in parsed)) throw new Error(JSON.stringify(parsed.problems));
    const { declared, namespaces, repositories, services } = narrowed(parsed.settings, new Set(["shop"]));
    expect([Object.keys(namespaces), Object.keys(repositories), Object.keys(services)]).toEqual([["shop"], [], ["shop"]]);
    expect(declared).toEqual(parsed.settings.declared);
  });
});

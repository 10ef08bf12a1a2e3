import { describe, expect, test } from "@jest/globals";
import { dashboardLinks, linkTarget, readPlace, writePlace } from "../../../operations/dashboards/page/address.ts";
import type { Variable } from "../../../operations/dashboards/page/variables.ts";

const REVISION: Variable = { name: "revision", label: "Revision", values: ["r1", "r2"], many: true, options: ["r1", "r2"] };
const SOURCE: Variable = { name: "datasource", label: "Data source", values: ["Prometheus"], many: false, options: ["Prometheus"] };
const PLACE = { uid: "here", from: "now-6h", to: "now", choices: {} };

describe("the page's address", () => {
  test.each([
    ["#/", { choices: {} }],
    ["#/d/shop", { uid: "shop", choices: {} }],
    ["#/d/shop?var-revision=r1&var-revision=r2&from=now-6h&to=now", { uid: "shop", from: "now-6h", to: "now", choices: { revision: ["r1", "r2"] } }],
    ["#/d/a%2Fb?var-x=a%26b", { uid: "a/b", choices: { x: ["a&b"] } }],
  ])("%s is a place, and is written as it was", (hash, place) => {
    expect(readPlace(hash)).toEqual(place);
    expect(readPlace(writePlace(place))).toEqual(place);
  });

  test.each(["", "#", "#/x/y", "#/d/"])("%p is the list of all", (hash) => {
    expect(readPlace(hash)).toEqual({ choices: {} });
  });

  test("may have a name behind the uid, as Grafana's have", () => {
    expect(readPlace("#/d/shop/overview?from=now-1h").uid).toBe("shop");
  });
});

describe("a link", () => {
  test.each([
    ["to a dashboard", { url: "/d/other" }, "#/d/other"],
    ["that takes the time along", { url: "/d/other", keepTime: true }, "#/d/other?from=now-6h&to=now"],
    ["that takes the variables along", { url: "/d/other", includeVars: true }, "#/d/other?var-revision=r1&var-revision=r2&var-datasource=Prometheus"],
    ["from a value", { url: "/d/other?${datasource:queryparam}&${__url_time_range}&var-candidate=${__field.labels.revision}" }, "#/d/other?var-datasource=Prometheus&var-candidate=a+b&from=now-6h&to=now"],
    ["to a Grafana of one's own", { url: "https://grafana.example.com/d/other" }, "#/d/other"],
    ["out of the dashboards", { url: "https://example.com/runbook" }, "https://example.com/runbook"],
  ])("%s", (_, link, target) => {
    expect(linkTarget(link, [REVISION, SOURCE], PLACE, { revision: "a b" })).toBe(target);
  });

  test("that names tags stands for every other dashboard that has them", () => {
    const all = [{ uid: "here", title: "Here", tags: ["slipway", "shop"] }, { uid: "one", title: "One", tags: ["slipway", "shop", "x"] }, { uid: "two", title: "Two", tags: ["slipway"] }];
    const links = [{ type: "link", title: "Plain", url: "/d/plain" }, { type: "dashboards", title: "Services", tags: ["slipway", "shop"], keepTime: true }];
    expect(dashboardLinks({ uid: "here", links }, all)).toEqual([
      { title: "Plain", links: [links[0]] }, { title: "Services", links: [{ type: "link", title: "One", url: "/d/one", tags: ["slipway", "shop"], keepTime: true }] },
    ]);
    expect(dashboardLinks({ uid: "here" }, all)).toEqual([]);
  });
});

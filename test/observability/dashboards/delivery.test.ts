import { describe, expect, test } from "@jest/globals";
import { BANDS } from "../../../components/observability/dashboards/delivery-bands.ts";
import { serviceDashboards, stackWideDashboards } from "../../../components/observability/dashboards/index.ts";
import { catalogue } from "../../../components/observability/promql/catalogue.ts";
import { checkExpression } from "../../../components/observability/promql/check.ts";
import { LEVEL } from "../levels.ts";
import { expressions, read, titles } from "./read.ts";
import type { ReadDashboard } from "./read.ts";

const WIDE = stackWideDashboards({ stack: "production", services: true, channels: ["My.Memory"] });

function dashboard(key: string): ReadDashboard {
  const found = [...serviceDashboards(LEVEL), ...WIDE].find((each) => each.key === key);
  if (found === undefined) throw new Error(`there is no dashboard ${key}`);
  return read(found);
}

const DELIVERY = dashboard("storefront.delivery");
const STACK = dashboard("stack.delivery");
const CHANNELS = dashboard("stack.channels.my-memory");

describe("the dashboards of delivery", () => {
  test("show a service's release in flight, the four keys, and what became of its releases", () => {
    expect(titles(DELIVERY)).toEqual([
      "# Now", "Release", "Candidate's weight", "Candidate's age", "Last success", "Last rejection", "Numbers from",
      "# Four keys, 30 days", "Deployments", "Lead time", "Change failure rate", "Time to restore",
      "# Over time", "Releases that ended, a day", "Weights",
    ]);
  });

  test("show every service of a stack, and what is in flight", () => {
    expect(titles(STACK)).toEqual([
      "# Now", "Rollouts in flight", "Held", "Numbers from", "Last update",
      "# In flight", "Candidates",
      "# Four keys, 30 days", "Deployments", "Lead time", "Change failure rate", "Time to restore",
      "# By service", "Services",
      "# Over time", "Releases that ended, a day", "Updates, a day",
    ]);
  });

  test("show a repository's channels", () => {
    expect(titles(CHANNELS)).toEqual([
      "# Channels", "Channels", "Adoption",
      "# Downloads", "Downloads a day", "Downloads a week, by channel",
      "# Moves, 30 days", "Promotions", "Rollbacks", "Figures from",
      "# CI of the default branch, 7 days", "Success", "Duration", "Runs",
    ]);
  });

  test.each([DELIVERY, STACK, CHANNELS])("ask for metrics and labels that slipway metrics writes, of one stack: $title", (shown) => {
    const asked = expressions(shown);
    expect(asked.length).toBeGreaterThan(8);
    expect(asked.flatMap((expression) => checkExpression(expression, catalogue(LEVEL)))).toEqual([]);
    expect(asked.filter((expression) => !expression.includes("slipway_"))).toEqual([]);
  });

  test("let the reader pick the stack of a service, and the namespaces of a stack", () => {
    const variables = ({ templating }: ReadDashboard): unknown[] => templating.list.slice(1).map(({ multi = false, name, query }) => [name, multi, query]);
    expect(variables(DELIVERY)).toEqual([["stack", false, 'label_values(slipway_release_stage{namespace="shop",service="storefront"}, stack)']]);
    expect(variables(STACK)).toEqual([["namespace", true, 'label_values(slipway_release_stage{stack="production"}, namespace)']]);
    expect(expressions(STACK)[0]).toBe('sum(slipway_release_stage{stack="production",namespace=~"$namespace",stage=~"rollout|held"})');
  });

  test("colour the four keys by DORA's levels", () => {
    const steps = Object.fromEntries(STACK.panels.map(({ fieldConfig, title }) => [title, fieldConfig?.defaults.thresholds?.steps.map(({ color, value }) => `${color} ${value ?? "below"}`)]));
    expect(steps).toMatchObject({
      Deployments: ["red below", "yellow 1", "blue 4", "green 30"],
      "Lead time": ["green below", "blue 86400", "yellow 604800", "red 2592000"],
      "Change failure rate": ["green below", "blue 0.05", "yellow 0.1", "red 0.15"],
      "Time to restore": ["green below", "blue 3600", "yellow 86400", "red 604800"],
    });
    expect(BANDS.restoreTime.thresholds).toHaveLength(3);
  });

  test("have addresses of their own, whatever a repository is called", () => {
    expect(WIDE.map(({ key, uid }) => [key, uid])).toEqual([["stack.delivery", "slipway-_production_delivery"], ["stack.channels.my-memory", CHANNELS.uid]]);
    expect(CHANNELS.uid).toMatch(/^slipway-[0-9a-f]{24}$/);
  });

  test("are there only for a stack that has services, and repositories that collect figures", () => {
    expect(stackWideDashboards({ stack: "production", services: false, channels: [] })).toEqual([]);
  });
});

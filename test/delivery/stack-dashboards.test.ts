import { describe, expect, test } from "@jest/globals";
import { stackDashboards } from "../../components/delivery/stack-dashboards.ts";
import type { StackParts } from "../../components/delivery/stack-dashboards.ts";

const NOTHING: StackParts = { stack: "staging", services: {}, namespaces: {}, repositories: {} };
const SERVICES = { cart: { namespace: "shop" }, search: { namespace: "tools" } };

/** Keys of the dashboards, and where they lie. */
function made(parts: Partial<StackParts>): [keys: string[], home: string | undefined] {
  const { dashboards, home } = stackDashboards({ ...NOTHING, ...parts });
  return [dashboards.map(({ key }) => key), home];
}

describe("the dashboards that belong to no service", () => {
  test("lie in the namespace of the first service", () => {
    expect(made({ services: SERVICES, namespaces: { other: {} } })).toEqual([["stack.delivery"], "shop"]);
  });

  test("lie where the settings say", () => {
    expect(made({ services: SERVICES, grafana: { kind: "sidecar", folder: "Slipway", namespace: "monitoring" } })).toEqual([["stack.delivery"], "monitoring"]);
  });

  test("are not there in a stack that declares no service and no channels", () => {
    expect(made({ namespaces: { other: {} } })).toEqual([[], "other"]);
    expect(made({})).toEqual([[], undefined]);
  });

  test("need no namespace where Grafana's API takes them", () => {
    const grafana = { kind: "api", url: "https://grafana.example.com", folder: "Slipway", token: { secret: "grafanaToken" } } as const;
    expect(made({ services: SERVICES, grafana })).toEqual([["stack.delivery"], "shop"]);
    expect(made({ grafana })).toEqual([[], undefined]);
  });
});

import { describe, expect, test } from "@jest/globals";
import { cardinalityProblems, groupingProblems } from "../../components/observability/cardinality.ts";
import { UNBOUNDED_LABELS } from "../../components/observability/monitors.ts";

describe("a label", () => {
  test.each([
    "user_id", "request_id", "timestamp", "trace_id", "span_id", "path", "url", "request_path", "http_url", "customer_name", "orderId", "email", "client_ip", "x_request_id", "container_id", "user_agent", "uid",
  ])("%s has endlessly many values", (label) => {
    expect(cardinalityProblems([label], "shown", "here")).toEqual([
      `here: makes one series for each value of a label that has endlessly many, got "${label}"; leave it out, and look the single case up in logs or traces`,
    ]);
  });

  test.each(["revision", "destination_version", "response_code", "grpc_response_status", "namespace", "service", "objective", "le", "reporter", "phase", "resource", "container", "deployment", "job", "method", "route", "status", "queue", "region"])("%s has few", (label) => {
    expect(cardinalityProblems([label], "stored", "here")).toEqual([]);
  });

  test.each(["pod", "instance", "image_spec"])("%s may be looked at, and not be stored", (label) => {
    expect(cardinalityProblems([label], "shown", "here")).toEqual([]);
    expect(cardinalityProblems([label], "stored", "here")).toEqual([
      `here: stores series of their own for each pod that ever lived, got "${label}"; group by service or revision, and keep the pods for graphs`,
    ]);
  });

  test("is told once", () => {
    expect(cardinalityProblems(["user_id", "user_id"], "shown", "here")).toHaveLength(1);
  });
});

test("what is left out of an application's own metrics may not be grouped by either", () => {
  expect(UNBOUNDED_LABELS.filter((label) => cardinalityProblems([label], "shown", "here").length === 0)).toEqual([]);
});

describe("a query", () => {
  test("is asked for the labels by which it groups, and not for those that it leaves out or matches by", () => {
    const faults = groupingProblems('sum by (user_id, service) (rate(x{path="/"}[5m])) / on (request_id) group_left () sum without (trace_id) (y)', "shown", "here");
    expect(faults).toEqual(['here: makes one series for each value of a label that has endlessly many, got "user_id"; leave it out, and look the single case up in logs or traces']);
  });
});

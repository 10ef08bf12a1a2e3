import { describe, expect, test } from "@jest/globals";
import { drift } from "./bad-drift.ts";
import { grafana } from "./bad-grafana.ts";
import { namespaces } from "./bad-namespaces.ts";
import { policy } from "./bad-policy.ts";
import { repositories } from "./bad-repositories.ts";
import { secrets } from "./bad-secrets.ts";
import { services } from "./bad-services.ts";
import { shapes } from "./bad-shapes.ts";
import { BASE, changed, linesOf, SECRETS } from "./base.ts";

const tables = { shapes, repositories, namespaces, services, secrets, grafana, drift, policy };

test("a good config has no problem", () => {
  expect(linesOf(BASE)).toEqual([]);
});

describe.each(Object.entries(tables))("settings, %s:", (_, rows) => {
  test.each(rows)("refuses $name", ({ changes, secrets: present = SECRETS, lines }) => {
    expect(linesOf(changed(BASE, changes), present)).toEqual(lines);
  });
});

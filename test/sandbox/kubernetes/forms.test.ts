import { describe, expect, test } from "@jest/globals";
import { CEL } from "../../../sandbox/kubernetes/cel.ts";
import { durationMilliseconds } from "../../../sandbox/kubernetes/duration.ts";
import { UNKNOWN, validate } from "../../../sandbox/kubernetes/index.ts";
import type { Manifest } from "../../../sandbox/kubernetes/index.ts";
import { quantity, quantityProblem, QUANTITY_FORM, QUANTITY_SUFFIX } from "../../../sandbox/kubernetes/quantity.ts";
import { at, isUnknownAt, select } from "../../../sandbox/kubernetes/select.ts";
import { configKey, dns1035, dnsLabel, dnsSubdomain, environmentName, isCidr, isIpAddress, labelValue, portName, qualifiedName, wildcardDomain, type Syntax } from "../../../sandbox/kubernetes/syntax.ts";

describe("a name", () => {
  const FORMS: [name: string, syntax: Syntax, good: string[], bad: string[]][] = [
    ["label", dnsLabel, ["a", "a-1", "0", "a".repeat(63)], ["", "A", "a_", "-a", "a-", "a.b", "a".repeat(64)]],
    ["subdomain", dnsSubdomain, ["a", "a.b-c.d"], ["", "a..b", "A.b", "a.", "a".repeat(254)]],
    ["RFC 1035 label", dns1035, ["a1"], ["1a", "a."]],
    ["wildcard", wildcardDomain, ["*.a.b"], ["*", "a.*", "*.A"]],
    ["label value", labelValue, ["", "a_B.c", "x".repeat(63)], ["a b", "-a", "x".repeat(64)]],
    ["qualified name", qualifiedName, ["a", "a.b/C_d"], ["", "/a", "a/b/c", "A_/b", "a/"]],
    ["config key", configKey, ["a.b", "..a", "A_"], [".", "..", "a b", ""]],
    ["environment variable", environmentName, ["A", "a.b", "1A", "a b"], ["", "a=b", "é"]],
    ["port name", portName, ["http", "a-1"], ["HTTP", "80", "a--b", "-a", "a-", "sixteen-letters-"]],
  ];
  test.each(FORMS)("that is a %s keeps its form", (_, syntax, good, bad) => {
    expect(good.filter((each) => syntax(each).length > 0)).toEqual([]);
    expect(bad.filter((each) => syntax(each).length === 0)).toEqual([]);
  });
});

test("an address is four bytes or hexadecimal groups, and a range has its length", () => {
  expect(["10.0.0.1", "255.255.255.255", "::1", "2001:db8::ffff"].filter((each) => !isIpAddress(each))).toEqual([]);
  expect(["", "10.0.0", "256.0.0.1", "10.0.0.1.", "01.0.0.1", "a"].filter(isIpAddress)).toEqual([]);
  expect(["10.0.0.0/8", "0.0.0.0/0", "2001:db8::/64"].filter((each) => !isCidr(each))).toEqual([]);
  expect(["10.0.0.0", "10.0.0.0/33", "10.0.0.0/8/8", "x/8", "2001:db8::/129"].filter(isCidr)).toEqual([]);
});

describe("a quantity", () => {
  test.each([[2, 2], ["500m", 0.5], ["1Ki", 1024], ["1.5Gi", 1.5 * 2 ** 30], ["1e3", 1000], ["1E3", 1000], ["1E", 1e18], ["-1", -1], [".5", 0.5], ["5.", 5]])("%j is %d", (value, amount) => {
    expect(quantity(value)).toBe(amount);
    expect(quantityProblem(value)).toBeUndefined();
  });
  test.each([["", QUANTITY_FORM], ["x", QUANTITY_FORM], ["1 Gi", QUANTITY_FORM], ["2x", QUANTITY_FORM], [true, QUANTITY_FORM], ["1mm", QUANTITY_SUFFIX], ["1KiB", QUANTITY_FORM]])("%j is none", (value, problem) => {
    expect(quantity(value)).toBeUndefined();
    expect(quantityProblem(value)).toBe(problem);
  });
});

test.each([["1ms", 1], ["1m30s", 90_000], ["0.5h", 1_800_000], ["0", 0], ["0s", 0], ["100us", 0.1], ["5", undefined], ["5x", undefined], ["", undefined], ["-1s", undefined]])("a duration %j lasts %s ms", (duration, milliseconds) => {
  expect(durationMilliseconds(duration)).toBe(milliseconds);
});

describe("a rule of a definition", () => {
  const RULES: [rule: string, holds: unknown[], breaks: unknown[]][] = [
    ["duration(self) >= duration('1ms')", ["1ms", "5s"], ["0s", "0.1ms"]],
    ['url(self).getScheme() in ["http", "https"]', ["http://a", "https://a/b"], ["ftp://a"]],
    ["0 < self && self <= 65535", [1, 65_535], [0, 65_536]],
    ['!self.contains("*")', ["a"], ["a*"]],
    ['self != "*"', ["a"], ["*"]],
    ["self.size() == 0", ["", {}, []], ["a", { a: 1 }, [1]]],
    ["self.all(key, key.size() != 0)", [{ a: 1 }], [{ "": 1 }]],
    ['self.all(key, !key.contains("*"))', [{ a: 1 }], [{ "a*": 1 }]],
    ["self.all(key, 0 < int(key) && int(key) <= 65535)", [{ 80: 1 }], [{ 0: 1 }]],
    ["self.all(l1, self.exists_one(l2, l1.number == l2.number))", [[{ number: 1 }, { number: 2 }]], [[{ number: 1 }, { number: 1 }]]],
    ['self in ["", "HTTP", "HTTPS"]', ["", "HTTP"], ["ftp"]],
    ["has(self.address) || has(self.network)", [{ address: "a" }, { network: "n" }], [{}]],
  ];
  test("that cannot be evaluated says why", () => {
    expect(CEL["duration(self) >= duration('1ms')"]?.("x")).toBe("type conversion error from 'string' to 'google.protobuf.Duration'");
    expect(CEL['url(self).getScheme() in ["http", "https"]']?.("")).toBe('URL parse error during conversion from string: parse "": empty url');
    expect(CEL['url(self).getScheme() in ["http", "https"]']?.("a")).toBe('URL parse error during conversion from string: parse "a": invalid URI for request');
  });
  test("is tested when it is known", () => {
    expect(RULES.map(([rule]) => rule)).toEqual(Object.keys(CEL));
  });
  test.each(RULES)("%s holds and breaks", (rule, holds, breaks) => {
    expect(holds.map((value) => CEL[rule]?.(value))).toEqual(holds.map(() => true));
    expect(breaks.map((value) => CEL[rule]?.(value))).toEqual(breaks.map(() => false));
  });
});

describe("a pattern", () => {
  const root = { a: [{ b: 1 }, { b: 2 }, UNKNOWN], m: { x: 1, y: 2 }, u: UNKNOWN };
  test("names every place, missing ones included and unknown ones left out", () => {
    expect(select(root, "a[*].b")).toEqual([{ path: "a[0].b", value: 1 }, { path: "a[1].b", value: 2 }]);
    expect(select(root, "m.*")).toEqual([{ path: "m[x]", value: 1 }, { path: "m[y]", value: 2 }]);
    expect(select(root, "m.z", "spec")).toEqual([{ path: "spec.m.z", value: undefined }]);
    expect(select(root, "u.v")).toEqual([]);
    expect(select(root, "nothing[*].at.all")).toEqual([]);
    expect(select(root, "")).toEqual([{ path: "", value: root }]);
    expect([at(root, "m.x"), at(root, "u"), at(root, "m.q.r")]).toEqual([1, undefined, undefined]);
    expect([isUnknownAt(root, "u"), isUnknownAt(root, "u.deeper"), isUnknownAt(root, "m.x"), isUnknownAt(root, "m.q.r")]).toEqual([true, true, false, false]);
  });
});

describe("a schedule", () => {
  const cronJob = (schedule: unknown): Manifest => ({
    apiVersion: "batch/v1", kind: "CronJob", metadata: { name: "web" },
    spec: { schedule, jobTemplate: { spec: { template: { spec: { restartPolicy: "Never", containers: [{ name: "a", image: "x" }] } } } } },
  });
  test.each(["* * * * *", "*/5 0-6 1,15 JAN-MAR mon", "@daily", "@every 1h", "0 0 ? * SUN", UNKNOWN])("%s is one", (schedule) => {
    expect(validate(cronJob(schedule))).toEqual([]);
  });
  test.each([
    ["* * * *", "expected exactly 5 fields, found 4: [* * * *]"],
    ["60 * * * *", "end of range (60) above maximum (59): 60"],
    ["* * 0 * *", "beginning of range (0) below minimum (1): 0"],
    ["5-1 * * * *", "beginning of range (5) beyond end of range (1): 5-1"],
    ["x * * * *", 'failed to parse int from x: strconv.Atoi: parsing "x": invalid syntax'],
    ["*/x * * * *", 'failed to parse int from x: strconv.Atoi: parsing "x": invalid syntax'],
    ["TZ=UTC * * * * *", "cannot use TZ or CRON_TZ in schedule, use timeZone field instead"],
  ])("%s is none", (schedule, detail) => {
    expect(validate(cronJob(schedule))).toEqual([{ path: "spec.schedule", reason: `Invalid value: ${JSON.stringify(schedule)}: ${detail}` }]);
  });
});

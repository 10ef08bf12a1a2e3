import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readMatrix, readVector } from "../../../operations/gate/answer.ts";

const AT = 1_700_000_000;
const success = (data: unknown, more: object = {}): string => JSON.stringify({ status: "success", data, ...more });
const vector = (result: unknown): string => success({ resultType: "vector", result });
const one = (value: string, time: number = AT): string => vector([{ metric: { pod: "a" }, value: [time, value] }]);
const read = (body: string, status = 200) => readVector({ status, body }, AT);

describe("an instant query's answer", () => {
  test("is samples, or none at all", () => {
    expect(read(one("12.5"))).toEqual({ kind: "samples", samples: [{ labels: { pod: "a" }, value: 12.5 }] });
    expect(read(vector([]))).toEqual({ kind: "samples", samples: [] });
    expect(read(one("1e+06", AT + 0.4))).toMatchObject({ kind: "samples" });
    expect(read(success({ resultType: "vector", result: [] }, { infos: ["metric might not be a counter"] }))).toMatchObject({ kind: "samples" });
  });

  test.each([
    ["an error status", 503, "Service Unavailable", "status", "HTTP 503: Service Unavailable"],
    ["a redirect to a login page", 302, "", "status", "HTTP 302"],
    ["a page", 200, "<html>\n <body>Sign in</body></html>", "not-json", "<html> <body>Sign in</body></html>"],
    ["nothing", 200, "", "not-json", "an empty answer"],
    ["half an answer", 200, '{"status":"success","data":{"resultTy', "not-json", '{"status":"success","data":{"resultTy'],
    ["JSON of something else", 200, "[1,2]", "not-json", "[1,2]"],
    ["an error that is called 200", 200, '{"status":"error","errorType":"timeout","error":"query timed out"}', "error", "query timed out"],
    ["success without data", 200, '{"status":"success"}', "error", "success"],
    ["a part of the whole", 200, success({ resultType: "vector", result: [] }, { warnings: ["store gateway 2 did not answer"] }), "warning", "store gateway 2 did not answer"],
    ["another type", 200, success({ resultType: "matrix", result: [] }), "wrong-type", "got a matrix, asked for a vector"],
    ["a scalar", 200, success({ resultType: "scalar", result: [AT, "1"] }), "wrong-type", "got a scalar, asked for a vector"],
    ["series that are none", 200, vector([{ metric: {}, histogram: [AT, {}] }]), "wrong-type", "a vector whose series are none"],
    ["NaN", 200, one("NaN"), "not-a-number", 'got "NaN"'],
    ["infinity", 200, one("+Inf"), "not-a-number", 'got "+Inf"'],
    ["an empty number", 200, one(""), "not-a-number", 'got ""'],
    ["a number with words", 200, one("12 requests"), "not-a-number", 'got "12 requests"'],
    ["another time", 200, one("1", AT - 60), "wrong-time", `asked for ${AT}, got ${AT - 60}`],
  ])("is none where it is %s", (_, status, body, reason, detail) => {
    expect(read(body, status)).toEqual({ kind: "no-answer", reason, detail });
  });

  test("shows a line of what came instead", () => {
    expect(read(`<html>${"x".repeat(500)}`)).toEqual({ kind: "no-answer", reason: "not-json", detail: `<html>${"x".repeat(113)}…` });
  });

  test("is read whatever comes over the wire, and never as a number that is none", () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json(), fc.json().map(vector), fc.double().map((value) => one(String(value)))), fc.constantFrom(200, 200, 500), (body, status) => {
      const answer = read(body, status);
      expect(answer.kind === "no-answer" || answer.samples.every(({ value }) => Number.isFinite(value))).toBe(true);
    }), { numRuns: 2000 });
  });
});

describe("a range query's answer", () => {
  const matrix = (result: unknown): string => success({ resultType: "matrix", result });

  test("is series, or none", () => {
    expect(readMatrix({ status: 200, body: matrix([{ metric: { pod: "a" }, values: [[AT, "1"], [AT + 15, "3"]] }]) })).toEqual({ kind: "series", series: [{ labels: { pod: "a" }, values: [[AT, 1], [AT + 15, 3]] }] });
    expect(readMatrix({ status: 200, body: matrix([]) })).toEqual({ kind: "series", series: [] });
  });

  test.each([
    [matrix([{ metric: {}, values: [[AT, "NaN"]] }]), "not-a-number"],
    [matrix([{ metric: {} }]), "wrong-type"],
    [vector([]), "wrong-type"],
    ["<html>", "not-json"],
  ])("is none where it is no matrix of numbers: %s", (body, reason) => {
    expect(readMatrix({ status: 200, body })).toMatchObject({ kind: "no-answer", reason });
  });
});

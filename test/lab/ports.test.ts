import { expect, test } from "@jest/globals";
import { freePorts, parsePorts, PORTS } from "../../lab/ports.ts";
import { Problem } from "../../toolchain/problem.ts";

test("every part gets a port that no other has", async () => {
  const ports = await freePorts();
  expect(Object.keys(ports)).toEqual([...PORTS]);
  expect(new Set(Object.values(ports)).size).toBe(PORTS.length);
  // Above it the near end of a connection that looks for a killed part could take the part's own port.
  expect(Math.max(...Object.values(ports))).toBeLessThan(32_768);
});

test("wished ports are read by name", () => {
  expect(parsePorts(["api=6443", "http=8080"])).toEqual({ api: 6443, http: 8080 });
});

test("every wish that is wrong is named at once", () => {
  expect(() => parsePorts(["web=80", "api=0", "http"])).toThrow(new Problem([
    `--port: no such name, got "web=80"; use one of ${PORTS.join(", ")}`,
    '--port api: not a port, got "0"; give a number from 1 to 65535',
    '--port http: not a port, got ""; give a number from 1 to 65535',
  ].join("\n")));
});

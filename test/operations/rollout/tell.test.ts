import { expect, test } from "@jest/globals";
import type { Occurrence } from "../../../operations/rollout/events.ts";
import { teller } from "../../../operations/rollout/tell.ts";
import { START } from "./fakes.ts";

const AT = new Date(START * 1000).toISOString();
const done: Occurrence = { event: "done", image: "b", revision: "rb" };
const gate = (verdict: "pass" | "not-enough"): Occurrence => ({ event: "gate", verdict, why: "so", samples: 1, indicators: [] });

/** A teller whose log fails as often as told. */
function hearing({ failures = 0, json = true }: { failures?: number; json?: boolean } = {}) {
  const heard = { lines: [] as string[], logged: [] as unknown[], complaints: [] as string[], announced: [] as unknown[] };
  let left = failures;
  const tell = teller({
    json, line: (text) => void heard.lines.push(text), complain: (text) => void heard.complaints.push(text), announce: (event) => void heard.announced.push(event), file: "audit.jsonl", now: () => START,
    log: { append: async (event) => {
      if (left-- > 0) throw new Error("ENOSPC: no space left on device, write");
      heard.logged.push(event);
    } },
  });
  return { heard, tell };
}

test("everybody hears an event, scripts as JSON", async () => {
  const { heard, tell } = hearing();
  await tell("shop", done);
  const event = { at: AT, service: "shop", ...done };
  expect({ ...heard, lines: heard.lines.map((line) => JSON.parse(line)) }).toEqual({ lines: [event], logged: [event], announced: [event], complaints: [] });
});

test("people hear it as a line", async () => {
  const { heard, tell } = hearing({ json: false });
  await tell("shop", done);
  expect(heard.lines).toEqual(["shop: done, rb serves (b)"]);
});

test("the log keeps the looks at which a service's verdict changed, of each service apart", async () => {
  const { heard, tell } = hearing();
  for (const [service, verdict] of [["shop", "not-enough"], ["cart", "not-enough"], ["shop", "not-enough"], ["cart", "not-enough"], ["shop", "pass"]] as const) await tell(service, gate(verdict));
  expect(heard.logged).toMatchObject([{ service: "shop", verdict: "not-enough" }, { service: "cart", verdict: "not-enough" }, { service: "shop", verdict: "pass" }]);
  expect([heard.lines.length, heard.announced.length]).toEqual([5, 5]);
});

test("a log on a full disk is told once, stops nothing, and goes on when there is room", async () => {
  const { heard, tell } = hearing({ failures: 2 });
  for (const verdict of ["not-enough", "pass", "not-enough"] as const) await tell("shop", gate(verdict));
  expect(heard.complaints).toEqual(['audit.jsonl: cannot be written, got "ENOSPC: no space left on device, write"; make room for it: what the driver does until then is on standard output alone']);
  expect([heard.lines.length, heard.logged.length]).toEqual([3, 1]);
});

import { expect, test } from "@jest/globals";
import { Refused } from "../../lab/api.ts";
import { Outbox } from "../../lab/agent/outbox.ts";

test("what is put twice is sent once, and what comes after it is sent as well", async () => {
  const sent: string[] = [];
  const outbox = new Outbox<string>((value) => Promise.resolve(sent.push(value)));
  for (const value of ["a", "a", "b"]) {
    outbox.put(value);
    await outbox.empty();
  }
  expect(sent).toEqual(["a", "b"]);
});

test("what is outdated before its turn is never sent", async () => {
  const sent: string[] = [];
  const outbox = new Outbox<string>((value) => Promise.resolve(sent.push(value)));
  for (const value of ["a", "b", "c"]) outbox.put(value);
  await outbox.empty();
  expect(sent).toEqual(["a", "c"]);
});

test("what fails is sent again; what is refused for good is not", async () => {
  const errors = [new Error("connection lost"), new Refused(503, "", "starting"), new Refused(404, "NotFound", "gone")];
  let tries = 0;
  const outbox = new Outbox<string>(() => {
    tries++;
    const error = errors.shift();
    return error === undefined ? Promise.resolve() : Promise.reject(error);
  });
  outbox.put("a");
  await outbox.empty();
  expect(tries).toBe(3);
});

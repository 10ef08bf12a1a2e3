import { expect, test } from "@jest/globals";
import { answerText } from "../../components/delivery/answer.ts";
import type { Outcome } from "../../components/delivery/release-types.ts";

test.each<[Outcome, string]>([
  [{ kind: "done" }, "shop: promote rb"],
  [{ kind: "already" }, "shop: promote rb: it was so already, nothing changed"],
  [{ kind: "refused", why: "no release is in flight" }, "shop: promote rb: refused, no release is in flight"],
])("people read what became of an instruction: %j", (outcome, text) => {
  expect(answerText({ instruction: { service: "shop", id: "rb", action: "promote" }, outcome })).toBe(text);
});

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

test("a tag is shown with what it is now, and a digest as it is", () => {
  const image = `ghcr.io/acme/shop@sha256:${"0".repeat(64)}`;
  const told = (reference: string): string => answerText({ instruction: { service: "shop", action: "release", image: reference }, outcome: { kind: "done" }, image });
  expect([told("ghcr.io/acme/shop:v1"), told(image)]).toEqual([`shop: release ghcr.io/acme/shop:v1 (${image})`, `shop: release ${image}`]);
});

import { expect, test } from "@jest/globals";
import type { Instruction } from "../../../components/delivery/release-types.ts";
import { targetsOf } from "../../../operations/rollout/stack.ts";

const SERVICE = "urn:pulumi:production::slipway::slipway:delivery:Service::shop";
const UNDER = "urn:pulumi:production::slipway::slipway:delivery:Service$**::shop-**";
const ADVANCE: Instruction = { service: "shop", id: "rb", action: "advance", stage: 25 };
const REJECT: Instruction = { service: "shop", id: "rb", action: "rollback", reason: "errors" };

test.each<[string, Instruction[], string[]]>([
  ["a plain update is of the service and everything under it", [], [SERVICE, UNDER]],
  ["so is one that moves a weight", [ADVANCE], [SERVICE, UNDER]],
  ["a rejection is recorded and waits for no pods", [REJECT], [SERVICE]],
  ["together with something else it is an update like any other", [REJECT, ADVANCE], [SERVICE, UNDER]],
])("%s", (_, instructions, targets) => {
  expect(targetsOf("production", "shop", instructions)).toEqual(targets);
});

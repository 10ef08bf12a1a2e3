import { serviceLevel } from "../../components/delivery/service-level.ts";
import type { Strategy } from "../../components/delivery/release-types.ts";
import type { ServiceSettings } from "../../components/delivery/service-settings.ts";
import { parseReference } from "../../components/images/reference.ts";
import { customIndicators } from "./indicators.ts";
import { Problem } from "../../toolchain/problem.ts";
import { startGate } from "../gate/gate.ts";
import { gatePolicy } from "../gate/policy.ts";
import type { GatePolicy } from "../gate/types.ts";

/** What a service's candidates are judged by. */
export function policyOf(service: string, settings: ServiceSettings): GatePolicy {
  return { ...gatePolicy(serviceLevel(service, settings), customIndicators(settings.rollout.indicators)), minimumSamples: settings.rollout.minimumRequests };
}

/** @throws Problem when a gate could judge nothing of the service, unless it is released without one */
export function checkGate(service: string, settings: ServiceSettings, { kind }: Strategy, { now }: { now?: boolean | undefined }): void {
  if (kind === "direct" || now === true) return;
  try {
    startGate(policyOf(service, settings));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const protocols = [...new Set(settings.ports.map(({ protocol }) => protocol))].join(", ") || "no ports";
    throw new Problem(`services.${service}: has nothing that a gate could judge, got ${protocols}; name what it is judged by in rollout.indicators, release it with strategy direct, or promote it with --now`);
  }
}

/** @throws Problem when the text is no reference of an image */
export function checkImage(image: string | undefined): void {
  try {
    if (image !== undefined) parseReference("--image", image);
  } catch (error) {
    throw error instanceof RangeError ? new Problem(error.message) : error;
  }
}

/** @throws Problem when it is no address that HTTP goes to */
export function checkAddress(path: string, address: string): void {
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) throw new Problem(`${path}: is no web address, got ${JSON.stringify(address)}; write it as http://127.0.0.1:9090`);
}

import * as z from "zod";
import { Problem } from "../../toolchain/problem.ts";
import type { FlaggerObjects } from "./flagger-objects.ts";
import type { RolloutStack } from "./stack.ts";

const named = z.object({ metadata: z.object({ name: z.string() }) });
const state = z.object({
  deployment: z.object({ resources: z.array(z.object({ urn: z.string(), type: z.string(), outputs: z.unknown().optional() })).default([]) }),
});

/**
 * The Canary of a service and the Deployment that the stack gave Flagger, as the cluster has them now. Flagger's copy is no resource of the
 * stack, so that nothing is known of it.
 * @throws Problem where the stack has none
 */
export async function flaggerLive(service: string, stack: Pick<RolloutStack, "name" | "exported" | "live">): Promise<FlaggerObjects> {
  const { deployment: { resources } } = state.parse(await stack.exported());
  const found = (type: string) => resources.find((each) => each.type === type && each.urn.includes(`::${service}-controlled`) && named.safeParse(each.outputs).data?.metadata.name === service);
  const [canary, target] = [found("kubernetes:flagger.app/v1beta1:Canary"), found("kubernetes:apps/v1:Deployment")];
  if (canary === undefined || target === undefined) throw new Problem(`${service}: has no Canary in stack ${stack.name} yet; run pulumi up first`);
  const live = await stack.live([canary.urn, target.urn]);
  return { canary: live[canary.urn] ?? canary.outputs, target: live[target.urn] ?? target.outputs };
}

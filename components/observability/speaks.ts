import type { ServiceLevel } from "./service-level.ts";

/** Whether the mesh counts requests, and whether it counts connections, of the service. */
export function speaks({ protocols }: Pick<ServiceLevel, "protocols">): { http: boolean; tcp: boolean } {
  return { http: protocols.some((protocol) => protocol !== "tcp"), tcp: protocols.includes("tcp") };
}

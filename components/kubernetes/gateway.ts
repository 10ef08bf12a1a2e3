import type { GatewayServer, GatewaySpec } from "./istio.ts";
import type { Exposure, GatewayTls } from "./traffic-settings.ts";

type ThroughGateway = Extract<Exposure, { kind: "gateway" }>;

/** The doors of the ingress gateway for the hosts of one service; plain requests are sent on to TLS wherever there is TLS. */
export function gatewaySpec(exposure: ThroughGateway): GatewaySpec {
  return { selector: exposure.selector, servers: servers(exposure.hosts, exposure.tls) };
}

function servers(hosts: string[], tls: GatewayTls): GatewayServer[] {
  const plain = { port: { number: 80, name: "http", protocol: "HTTP" as const }, hosts };
  switch (tls.mode) {
    case "plaintext":
      return [plain];
    case "simple":
      return [secured(hosts, { mode: "SIMPLE", credentialName: tls.credential }), redirected(plain)];
    case "mutual":
      return [secured(hosts, { mode: "MUTUAL", credentialName: tls.credential }), redirected(plain)];
    default:
      return tls satisfies never;
  }
}

function secured(hosts: string[], tls: NonNullable<GatewayServer["tls"]>): GatewayServer {
  return { port: { number: 443, name: "https", protocol: "HTTPS" }, hosts, tls };
}

function redirected(server: GatewayServer): GatewayServer {
  return { ...server, tls: { httpsRedirect: true } };
}

/**
 * The Istio objects that Slipway declares, field by field and closed: the API server drops a misspelt field without a word. Only what
 * is sent is here; the published types have 37,000 lines for a DestinationRule alone.
 */
export interface GatewaySpec {
  selector: Record<string, string>;
  servers: GatewayServer[];
}

export interface GatewayServer {
  port: { number: number; name: string; protocol: "HTTP" | "HTTPS" };
  hosts: string[];
  tls?: { mode: "SIMPLE" | "MUTUAL"; credentialName: string } | { httpsRedirect: true };
}

export interface VirtualServiceSpec {
  hosts: string[];
  gateways: string[];
  http?: HttpRoute[];
  tcp?: TcpRoute[];
}

export interface HttpRoute {
  name: string;
  match: HttpMatch[];
  route: HttpDestination[];
  timeout?: string;
  retries?: { attempts: number; perTryTimeout?: string; retryOn?: string };
  mirror?: Destination;
  mirrorPercentage?: { value: number };
}

export interface HttpMatch {
  gateways: string[];
  headers?: Record<string, { exact: string } | { regex: string }>;
}

export interface HttpDestination {
  destination: Destination;
  weight: number;
  headers?: { response: { add: Record<string, string> } };
}

export interface TcpRoute {
  match: { gateways: string[]; port: number }[];
  route: { destination: Destination; weight: number }[];
}

export interface Destination {
  host: string;
  subset: string;
  port?: { number: number };
}

export interface DestinationRuleSpec {
  host: string;
  trafficPolicy?: TrafficPolicy;
  subsets?: { name: string; labels: Record<string, string> }[];
}

export interface TrafficPolicy {
  loadBalancer?: { consistentHash: ConsistentHash };
  outlierDetection?: {
    consecutive5xxErrors: number;
    interval: string;
    baseEjectionTime: string;
    maxEjectionPercent: number;
  };
}

export type ConsistentHash =
  | { httpCookie: { name: string; ttl: string } }
  | { httpHeaderName: string }
  | { useSourceIp: true };

export interface PeerAuthenticationSpec {
  selector: { matchLabels: Record<string, string> };
  mtls: { mode: "STRICT" };
}

export interface AuthorizationPolicySpec {
  selector: { matchLabels: Record<string, string> };
  action: "ALLOW";
  rules: AuthorizationRule[];
}

export interface AuthorizationRule {
  from: { source: { principals: string[] } | { namespaces: string[] } }[];
  to?: { operation: { ports: string[] } }[];
}

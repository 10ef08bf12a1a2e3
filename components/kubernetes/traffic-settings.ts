/** Who may call: every workload of a namespace, or those service accounts of it. */
export interface Caller {
  namespace: string;
  /** Names of service accounts, which are the services' names where Slipway declares them. @default all of the namespace */
  serviceAccounts?: string[] | undefined;
}

/** How the gateway ends TLS. `credential` names a TLS Secret in the gateway's own namespace. */
export type GatewayTls =
  | { mode: "simple"; credential: string }
  | { mode: "mutual"; credential: string }
  | { mode: "plaintext"; reason: string };

/** Where the service is reached from: through an ingress gateway as well, or only inside the mesh. */
export type Exposure =
  | {
      kind: "gateway";
      /** DNS names, at least one; a service of the cluster owns each alone. */
      hosts: string[];
      /** Labels of the gateway's pods. @default { istio: "ingressgateway" } */
      selector: Record<string, string>;
      /** Namespace of the gateway's pods. @default "istio-system" */
      namespace: string;
      /** The gateway's identity, which the service admits. @default "istio-ingressgateway-service-account" */
      serviceAccount: string;
      tls: GatewayTls;
      /** Name of the port that takes the gateway's traffic. @default the first http, http2 or grpc port */
      port?: string | undefined;
    }
  | { kind: "mesh" };

export interface Retries {
  /** Tries after the first, 0 – 10; 0 switches the mesh's own two off. */
  attempts: number;
  /** Seconds that one try may take, > 0. @default the whole timeout */
  perTrySeconds?: number | undefined;
  /** Envoy's conditions; the safe ones never repeat a request that a server has begun to answer. */
  on: string[];
}

export interface OutlierDetection {
  /** Server errors in a row that eject a pod, ≥ 1. */
  consecutiveErrors: number;
  /** Seconds between two sweeps, > 0. */
  intervalSeconds: number;
  /** Seconds of the first ejection, > 0; each further one is longer. */
  ejectionSeconds: number;
  /** At most this share of a revision's pods is ejected, 1 – 100. */
  maxEjectionPercent: number;
}

/** Requests that always meet the candidate, whatever its weight, so that people can try it first. */
export interface Testers {
  /** Lower-case header name. */
  header: string;
  /** The exact value. */
  value: string;
}

/**
 * What stays together. `pod`: requests of one key meet one pod of a revision. `revision`: a visitor stays with the revision that
 * answered first; a stage change draws again those who were on the stable one, else the candidate would see newcomers alone.
 */
export type Affinity =
  | { kind: "none" }
  | { kind: "pod"; by: { cookie: string; /** 0 means the session. */ ttlSeconds: number } | { header: string } | { sourceIp: true } }
  | { kind: "revision"; cookie: string; /** 0 means the session. */ ttlSeconds: number };

/** The traffic of one service; plain, and the same for all of its revisions. */
export interface TrafficSettings {
  exposure: Exposure;
  /** Seconds that an answer may take, retries included, > 0; absent means no limit. */
  timeoutSeconds?: number | undefined;
  retries: Retries;
  outlierDetection?: OutlierDetection | undefined;
  testers?: Testers | undefined;
  /** Copies this share (> 0, ≤ 100 %) of the requests to the candidate and drops its answers: side effects happen twice. */
  mirror?: { percent: number } | undefined;
  affinity: Affinity;
  /** Others that may call; the gateway of `exposure` may always. An empty list admits nobody else. */
  callers: Caller[];
}

/** The names under which the service is reached from outside, in the order of the settings. */
export function publicHosts(traffic: TrafficSettings): string[] {
  return traffic.exposure.kind === "gateway" ? traffic.exposure.hosts : [];
}

/** What a service promises, as the settings say it. */
export interface ObservabilitySettings {
  limits: LimitSettings;
  objectives: ObjectiveSettings;
  /** Days over which an error budget is counted. */
  windowDays: 28 | 30;
  /** Requests in an alert's short window below which it says nothing: one failure of three is no 33 %. At least 1. */
  minimumRequests: number;
  /** Metrics of the application itself; absent: the mesh's alone. */
  metrics?: MetricsSettings | undefined;
  /** Web address under which the runbooks lie, without a slash at its end. */
  runbooks: string;
  /** Web address of Grafana, without a slash at its end. */
  grafana: string;
}

/** What no revision may exceed at any time: the alerts' limits, and those of the gate in a rollout. */
export interface LimitSettings {
  /** Failed share of the requests, per cent, > 0. */
  errorPercent: number;
  /** p95, milliseconds; a bound of the mesh's latency histogram. */
  p95Milliseconds: number;
  /** Least share of requests that succeed, per cent. */
  successPercent: number;
}

/** What is promised over the whole window; an objective that is absent is not promised. */
export interface ObjectiveSettings {
  /** Share of requests that succeed, per cent, below 100. */
  availability?: number | undefined;
  /** Share of requests that are answered within the time, which is a bound of the mesh's latency histogram. */
  latency?: { percent: number; milliseconds: number } | undefined;
}

export interface MetricsSettings {
  /** Name of the port that serves them. */
  port: string;
  path: string;
  /** Seconds between two scrapes. */
  intervalSeconds: number;
  /** Samples of one pod above which none of them is taken, ≥ 1. */
  sampleLimit: number;
}

/** Everything from which a service's queries, rules, alerts and dashboards are made. */
export interface ServiceLevel extends ObservabilitySettings {
  service: string;
  namespace: string;
  /** What its ports speak. */
  protocols: readonly ("http" | "http2" | "grpc" | "tcp")[];
  /** Pods at most; absent where their number is fixed. */
  maxReplicas?: number | undefined;
  /** Whether a controller runs the pods, under the service's name and that of its copy. @default false: each revision has names of its own */
  controlled?: boolean | undefined;
  /** Upper bounds of the mesh's latency histogram, milliseconds. */
  bounds: readonly number[];
}

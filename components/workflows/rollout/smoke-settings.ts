import { OptionProblem, serviceOf } from "../kit/index.ts";
import type { Repository } from "../kit/index.ts";

/** Where a smoke test goes. */
export interface SmokeTarget {
  /** @default the address of the environment of that name, or else the service's host */
  url?: string | undefined;
  /** Sent with every request, such as the header that leads testers to a candidate. */
  headers: Record<string, string>;
}

/** A request and what it has to answer. */
export interface SmokeEndpoint {
  path: string;
  /** JSON that is sent by POST. @default absent: GET */
  body?: string | undefined;
  status: number;
  /** Field of the answer's JSON, dotted, → its value; `{version}` stands for the version that is tested. */
  json: Record<string, string | number | boolean>;
}

/** What the script reads: `.github/smoke-tests.json`. */
export interface SmokeSettings {
  /** The service; needed where several are built from the repository. */
  service?: string | undefined;
  targets: Record<string, SmokeTarget>;
  /** Path that answers 200 while all is well. @default the readiness probe's path */
  health?: string | undefined;
  endpoints: SmokeEndpoint[];
  thresholds: { errorRatePercent: number; responseTimeMs: number; successRatePercent: number };
  /** Where the process tells its memory, as Prometheus text. @default absent: memory is not looked at */
  metrics?: { path: string; series: string; growthPercent: number } | undefined;
  /** Comprehensive sends 40 requests a worker, stress sends `requests` within `seconds` by twice the workers. */
  load: { concurrency: number; requests: number; seconds: number };
}

export const SMOKE_SETTINGS = ".github/smoke-tests.json";

export const DEPTHS = ["basic", "standard", "comprehensive", "stress"] as const;

/** The file that the script reads, every address filled in. */
export function smokeFile(settings: SmokeSettings, repository: Repository): string {
  const { targets, endpoints, thresholds, metrics, load } = settings;
  const health = settings.health ?? serviceOf(repository, settings.service).healthPath;
  if (health === undefined) throw new OptionProblem(["health"], "is missing, and the service has no HTTP readiness probe", "write a path such as /healthz");
  const filled = Object.entries(targets).map(([name, { url, headers }]) => [name, { url: url ?? addressOf(name, settings, repository), headers }]);
  return `${JSON.stringify({ health, targets: Object.fromEntries(filled), endpoints, thresholds, metrics, load }, null, 2)}\n`;
}

function addressOf(target: string, { service }: SmokeSettings, repository: Repository): string {
  const { host } = Object.keys(repository.services).length === 0 ? { host: undefined } : serviceOf(repository, service);
  const url = repository.environments[target]?.url ?? (host === undefined ? undefined : `https://${host}`);
  if (url === undefined) throw new OptionProblem(["targets", target, "url"], "is missing, and neither an environment of that name nor the service has an address", "write it, such as https://shop.example.com");
  return url;
}

import { login } from "../containers/docker.ts";
import { trivy } from "../containers/trivy.ts";
import type { Severity } from "../containers/trivy.ts";
import { checkout, runScript } from "../kit/index.ts";
import type { Repository, StepsJob } from "../kit/index.ts";
import { composed } from "./compose.ts";

export interface SecurityGate {
  /** One finding of these keeps the image away. */
  severities: Severity[];
  /** Leaves out what nobody has mended yet. */
  ignoreUnfixed: boolean;
}

export interface LoadTest {
  /** Compose file that brings the system up on the runner; `IMAGE` holds the reference that is to be deployed. */
  compose: string;
  /** On the runner: `http://localhost:3001/health`. */
  url: string;
  requests: number;
  /** Requests at the same time, ≥ 1. */
  concurrency: number;
  /** Milliseconds. */
  p95Milliseconds: number;
  /** Per cent of requests that may fail. */
  errorPercent: number;
}

const LONGEST_SECONDS = 120;

export function securityJob(gate: SecurityGate, image: string, repository: Repository): StepsJob {
  return {
    name: "Security checks",
    needs: ["image"],
    timeoutMinutes: 10,
    steps: [checkout({ scriptsOnly: true }), login("read"), ...trivy({ kind: "image", reference: image }, "deployed-image", { ...gate, failOnFindings: true }, repository)],
  };
}

export function performanceJob({ compose, url, requests, concurrency, p95Milliseconds, errorPercent }: LoadTest, image: string): StepsJob {
  return {
    name: "Performance tests",
    needs: ["image"],
    timeoutMinutes: 10,
    env: { IMAGE: image },
    steps: [
      checkout(),
      login("read"),
      ...composed(compose, [
        runScript("load-test.mjs", {
          name: "Send requests",
          env: { URL: url, REQUESTS: requests, CONCURRENCY: concurrency, LONGEST_SECONDS, P95_MS: p95Milliseconds, ERROR_PERCENT: errorPercent },
        }),
      ]),
    ],
  };
}

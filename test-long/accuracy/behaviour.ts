/** How a revision answers. */
export interface Behaviour {
  /** Share of the requests that fail, 0 – 1: by HTTP 503, or by gRPC status 14 inside HTTP 200. */
  failing: number;
  /** Share, fastest and slowest of each group of requests, milliseconds; the shares add up to 1. */
  latency: readonly (readonly [number, number, number])[];
}

export interface Answer {
  status: 200 | 503;
  /** Absent where the request is no gRPC. */
  grpc?: 0 | 5 | 14;
  milliseconds: number;
}

/** Multiples of these fill 0 – 1 evenly, however many there are: shares hold in every window, and not only on average. */
const OUTCOMES = (Math.sqrt(5) - 1) / 2;
const LATENCIES = Math.SQRT2 - 1;

/** What the revision answers to its request of that number. One gRPC request in ten finds nothing, which is not the server's fault. */
export function answer({ failing, latency }: Behaviour, number: number, grpc: boolean): Answer {
  const milliseconds = quantile(latency, (number * LATENCIES) % 1);
  const fails = (number * OUTCOMES) % 1 < failing;
  if (!grpc) return { status: fails ? 503 : 200, milliseconds };
  return { status: 200, grpc: fails ? 14 : (number * OUTCOMES) % 1 > 0.9 ? 5 : 0, milliseconds };
}

function quantile(latency: Behaviour["latency"], share: number): number {
  let before = 0;
  for (const [part, fastest, slowest] of latency) {
    if (share < before + part) return fastest + ((slowest - fastest) * (share - before)) / part;
    before += part;
  }
  return latency.at(-1)?.[2] ?? 0;
}

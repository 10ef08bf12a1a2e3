import type { Sample } from "./exposition.ts";

/** A line of release-metrics.jsonl, as the workflow that collects it writes it. */
type Figures = Readonly<Record<string, unknown>>;

const MOVES = { promotion: "promotions", rollback: "rollbacks" } as const;

/** The newest figures of a repository's package and its channels; nothing where no line is a record. */
export function packageSamples(stack: string, repository: string, text: string): Sample[] {
  const last = text.split("\n").flatMap(recordOf).sort((left, right) => (left.date < right.date ? -1 : 1)).at(-1);
  if (last === undefined) return [];
  const { date, figures } = last;
  const labels = { stack, repository };
  return [
    ...number(figures["npmDownloads"], (value) => ({ name: "slipway_package_downloads_per_day", labels: { ...labels, source: "npm" }, value })),
    ...number(figures["githubDownloads"], (value) => ({ name: "slipway_package_downloads_per_day", labels: { ...labels, source: "github" }, value })),
    ...number(figures["ciRuns"], (value) => ({ name: "slipway_package_ci_runs", labels, value })),
    ...number(figures["ciSuccessPercent"], (value) => ({ name: "slipway_package_ci_success_ratio", labels, value: value / 100 })),
    ...number(figures["ciMinutes"], (value) => ({ name: "slipway_package_ci_duration_seconds", labels, value: value * 60 })),
    { name: "slipway_package_figures_timestamp_seconds", labels, value: Date.parse(date) / 1000 },
    ...channelSamples(labels, figures["channels"]),
    ...Object.entries(MOVES).flatMap(([move, key]) => number(figures[key], (value): Sample => ({ name: "slipway_channel_moves", labels: { ...labels, move }, value }))),
  ];
}

function channelSamples(labels: Readonly<Record<string, string>>, channels: unknown): Sample[] {
  if (typeof channels !== "object" || channels === null) return [];
  return Object.entries(channels).flatMap(([channel, of]: [string, unknown]): Sample[] => {
    if (typeof of !== "object" || of === null) return [];
    const { publishedAt, downloads, share }: { publishedAt?: unknown; downloads?: unknown; share?: unknown } = of;
    const own = { ...labels, channel };
    return [
      ...number(typeof publishedAt === "string" ? Date.parse(publishedAt) / 1000 : undefined, (value): Sample => ({ name: "slipway_channel_published_timestamp_seconds", labels: own, value })),
      ...number(downloads, (value): Sample => ({ name: "slipway_channel_downloads_per_week", labels: own, value })),
      ...number(share, (value): Sample => ({ name: "slipway_channel_adoption_ratio", labels: own, value })),
    ];
  });
}

/** A line that is no record was written by hand; the others are worth keeping. */
function recordOf(line: string): { date: string; figures: Figures }[] {
  try {
    const value: unknown = JSON.parse(line);
    const { date, ...figures }: { date?: unknown } = typeof value === "object" && value !== null ? value : {};
    return typeof date === "string" && !Number.isNaN(Date.parse(date)) ? [{ date, figures }] : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

function number(value: unknown, sample: (value: number) => Sample): Sample[] {
  return typeof value === "number" && Number.isFinite(value) ? [sample(value)] : [];
}

import type { Value } from "../values.ts";
import type { Answer, Listed } from "./answer.ts";

const MOST = 100;

/** The page that was asked for, and GitHub's links to its neighbours. */
export function paged({ items, key, more }: Listed, query: Readonly<Record<string, string>>, url: string, usual: number): { answer: Answer; link: string | undefined } {
  const asked = Math.trunc(Number(query["per_page"] ?? usual));
  const size = Math.min(MOST, asked >= 1 ? asked : usual);
  const page = Math.max(1, Math.trunc(Number(query["page"] ?? 1)) || 1);
  const shown = items.slice((page - 1) * size, page * size);
  const body: Value = key === undefined ? shown : { total_count: items.length, [key]: shown, ...more };
  return { answer: { status: 200, body }, link: links(page, Math.max(1, Math.ceil(items.length / size)), query, url) };
}

function links(page: number, last: number, query: Readonly<Record<string, string>>, url: string): string | undefined {
  const to = (number: number, relation: string) => `<${url}?${new URLSearchParams({ ...query, page: String(number) })}>; rel="${relation}"`;
  const before = page > 1 ? [to(Math.min(page - 1, last), "prev")] : [];
  const after = page < last ? [to(page + 1, "next"), to(last, "last")] : [];
  const all = [...before, ...after, ...(page > 1 ? [to(1, "first")] : [])];
  return all.length === 0 ? undefined : all.join(", ");
}

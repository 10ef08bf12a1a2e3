import type { Transformation } from "./panel-documents.ts";
import type { Answer, Labels } from "./series.ts";

export type Cell = string | number | null;

export interface Column {
  name: string;
  kind: "time" | "label" | "value";
  /** By line; a value that a line does not have is null. */
  cells: readonly Cell[];
}

/** Columns of one length. `labels` are those of each line, for its links. */
export interface Table {
  columns: readonly Column[];
  labels: readonly Labels[];
}

/** An instant answer as a table: the time, a column a label, and the value, which several queries number by themselves. */
export function tableOf(answer: Answer, refId: string, several: boolean): Table {
  const samples = answer.resultType === "vector" ? answer.result : answer.resultType === "scalar" ? [{ metric: {}, value: answer.result }] : answer.result.flatMap(({ metric, values }) => values.map((value) => ({ metric, value })));
  const names = [...new Set(samples.flatMap(({ metric }) => Object.keys(metric)))].sort();
  const value = several ? `Value #${refId}` : "Value";
  return {
    columns: [
      { name: "Time", kind: "time", cells: samples.map(({ value: [seconds] }) => seconds * 1000) },
      ...names.map((name): Column => ({ name, kind: "label", cells: samples.map(({ metric }: { metric: Labels }) => metric[name] ?? null) })),
      { name: value, kind: "value", cells: samples.map(({ value: [, text] }) => numberOf(text)) },
    ],
    labels: samples.map(({ metric }) => metric),
  };
}

/** What the panel makes of its tables, step by step. @throws RangeError for a step that the page does not know */
export function transformed(tables: readonly Table[], steps: readonly Transformation[]): Table {
  const [first, ...more] = steps.reduce((now, step) => transform(now, step), tables);
  return more.reduce((whole, each) => merged([whole, each]), first ?? { columns: [], labels: [] });
}

function transform(tables: readonly Table[], { id, options }: Transformation): readonly Table[] {
  switch (id) {
    case "merge":
      return [merged(tables)];
    case "filterFieldsByName": {
      const names = strings(field(field(options, "include"), "names"));
      return tables.map((table) => ({ ...table, columns: table.columns.filter(({ name }) => names.includes(name)) }));
    }
    case "organize":
      return tables.map((table) => ({ ...table, columns: organized(table.columns, options) }));
    default:
      throw new RangeError(`transformation: is not known to this page, got "${id}"; use merge, filterFieldsByName or organize`);
  }
}

/** Lines that agree in every column that all tables have become one line. */
function merged(tables: readonly Table[]): Table {
  const columns = new Map(tables.flatMap(({ columns: own }) => own.map((column) => [column.name, column.kind])));
  const shared = [...columns.keys()].filter((name) => tables.every(({ columns: own }) => own.some((column) => column.name === name && column.kind !== "value")));
  const lines = new Map<string, { cells: Record<string, Cell>; labels: Labels }>();
  tables.forEach(({ columns: own, labels }, table) => labels.forEach((each, index) => {
    const cells = Object.fromEntries(own.map(({ cells: all, name }) => [name, all[index] ?? null]));
    const key = shared.length === 0 ? `${table} ${index}` : JSON.stringify(shared.map((name) => cells[name]));
    const line = lines.get(key);
    lines.set(key, { cells: { ...line?.cells, ...cells }, labels: { ...line?.labels, ...each } });
  }));
  const all = [...lines.values()];
  const order = { time: 0, label: 1, value: 2 };
  const made = [...columns].map(([name, kind]): Column => ({ name, kind, cells: all.map(({ cells }) => cells[name] ?? null) }));
  return { columns: made.sort((left, right) => order[left.kind] - order[right.kind]), labels: all.map(({ labels }) => labels) };
}

function organized(columns: readonly Column[], options: unknown): Column[] {
  const place = (name: string): number => Number(field(field(options, "indexByName"), name) ?? Infinity);
  const kept = columns.filter(({ name }) => field(field(options, "excludeByName"), name) !== true);
  const ordered = kept.map((column, index) => ({ column, index })).sort((left, right) => {
    const [one, other] = [place(left.column.name), place(right.column.name)];
    return one === other ? left.index - right.index : one - other;
  });
  return ordered.map(({ column }) => ({ ...column, name: String(field(field(options, "renameByName"), column.name) || column.name) }));
}

/** Lines by one column; what is missing comes last. */
export function sorted(table: Table, by: { displayName: string; desc?: boolean } | undefined): Table {
  const column = table.columns.find(({ name }) => name === by?.displayName);
  if (column === undefined) return table;
  const sign = by?.desc ? -1 : 1;
  const order = column.cells.map((_, index) => index).sort((left, right) => {
    const [one, other] = [column.cells[left] ?? null, column.cells[right] ?? null];
    if (one === null || other === null) return one === other ? left - right : one === null ? 1 : -1;
    return one === other ? left - right : one < other ? -sign : sign;
  });
  const pick = <Each>(all: readonly Each[]): Each[] => order.flatMap((index) => all.slice(index, index + 1));
  return { columns: table.columns.map((each) => ({ ...each, cells: pick(each.cells) })), labels: pick(table.labels) };
}

function numberOf(text: string): number | null {
  const value = text === "+Inf" ? Infinity : text === "-Inf" ? -Infinity : Number(text);
  return Number.isNaN(value) ? null : value;
}

/** A field of something that was read from JSON. */
export function field(of: unknown, name: string): unknown {
  return typeof of === "object" && of !== null ? Object.entries(of).find(([key]) => key === name)?.[1] : undefined;
}

function strings(of: unknown): string[] {
  return Array.isArray(of) ? of.map(String) : [];
}

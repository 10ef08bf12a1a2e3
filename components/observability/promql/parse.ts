import { createRequire } from "node:module";

/** A node of the syntax tree. */
export type SyntaxNode = ReturnType<typeof parser.parse>["topNode"];

export interface Parsed {
  /** The query with Grafana's variables filled in; the nodes' positions are in it. */
  text: string;
  root: SyntaxNode;
  /** What is no PromQL, each with the part that it is about. */
  readonly problems: { wrong: string; part: string }[];
}

/** The part of the type rules that is used. */
interface TypeRules {
  analyze(): void;
  getDiagnostics(): { from: number; to: number; message: string }[];
}

// The type rules are CommonJS: imported as a module, the editor's state would be another one than theirs and the tree empty.
const load = createRequire(import.meta.url);
const { EditorState }: typeof import("@codemirror/state") = load("@codemirror/state");
const { LRLanguage, ensureSyntaxTree }: typeof import("@codemirror/language") = load("@codemirror/language");
const { Parser }: { Parser: new (state: ReturnType<typeof EditorState.create>) => TypeRules } = load("@prometheus-io/codemirror-promql/dist/cjs/parser/parser.js");
const { parser }: typeof import("@prometheus-io/lezer-promql") = load("@prometheus-io/lezer-promql");
const language = LRLanguage.define({ parser });

/** Far more than the longest query takes; without a limit the editor would give up after 20 ms. */
const LONGEST_MS = 10_000;

/** Reads a query by Prometheus' grammar and by its type rules. */
export function parse(query: string): Parsed {
  const text = query.replaceAll("$__rate_interval", "5m").replaceAll("$__interval", "1m").replaceAll("$__range", "1h");
  const root = parser.parse(text).topNode;
  let found: Parsed["problems"] | undefined;
  return {
    text,
    root,
    // Not before they are asked for: the type rules read the query once more, and take far longer than the grammar.
    get problems() {
      return (found ??= problemsOf(root, text));
    },
  };
}

/** Every node of the tree that has the name. */
export function nodes(root: SyntaxNode, name: string): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  root.cursor().iterate((each) => {
    if (each.name === name) found.push(each.node);
  });
  return found;
}

/** The node's parents, nearest first. */
export function parents(node: SyntaxNode): SyntaxNode[] {
  return node.parent === null ? [] : [node.parent, ...parents(node.parent)];
}

/** What stands in the text of a string literal. */
export function unquoted(literal: string): string {
  const quote = literal[0];
  if (quote === "`") return literal.slice(1, -1);
  return literal.slice(1, -1).replace(/\\(.)/g, "$1");
}

function problemsOf(root: SyntaxNode, text: string): Parsed["problems"] {
  const unreadable = grammarProblems(root, text);
  return unreadable.length > 0 ? unreadable : typeProblems(text);
}

function grammarProblems(root: SyntaxNode, text: string): Parsed["problems"] {
  const found: Parsed["problems"] = [];
  root.cursor().iterate((node) => {
    if (node.type.isError) found.push({ wrong: "is no PromQL", part: text.slice(Math.max(0, node.from - 20), node.to + 20) });
  });
  return found;
}

function typeProblems(text: string): Parsed["problems"] {
  const begun = EditorState.create({ doc: text, extensions: [language] });
  ensureSyntaxTree(begun, text.length, LONGEST_MS);
  const rules = new Parser(begun.update({}).state);
  rules.analyze();
  return rules.getDiagnostics().map(({ from, to, message }) => ({ wrong: `is not well typed (${message})`, part: text.slice(from, to) }));
}

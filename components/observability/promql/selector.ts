import { nodes, unquoted } from "./parse.ts";
import type { Parsed, SyntaxNode } from "./parse.ts";

export interface Matcher {
  label: string;
  operator: string;
  value: string;
}

/** One `metric{label="value"}` of a query. */
export interface Selector {
  /** Empty where it is named by a matcher alone. */
  metric: string;
  matchers: Matcher[];
  node: SyntaxNode;
}

/** Every selector of the query, in the order of the text. */
export function selectors({ root, text }: Parsed): Selector[] {
  const said = (node: SyntaxNode | null | undefined): string => (node ? text.slice(node.from, node.to) : "");
  return nodes(root, "VectorSelector").map((node) => {
    const found = [...nodes(node, "UnquotedLabelMatcher"), ...nodes(node, "QuotedLabelMatcher")];
    const matchers = found.map((each) => ({
      label: said(each.getChild("LabelName")) || unquoted(said(each.getChild("QuotedLabelName"))),
      operator: said(each.getChild("MatchOp")),
      value: unquoted(said(each.getChild("StringLiteral"))),
    }));
    return { metric: said(node.getChild("Identifier")), matchers, node };
  });
}

/** Values that the matcher of a bound can stand for: `=~` is read as alternatives, in which `[.]` and `[+]` stand for themselves. */
export function boundsOf({ operator, value }: Matcher): string[] {
  return operator === "=~" ? value.replaceAll("[.]", ".").replaceAll("[+]", "+").split("|") : [value];
}

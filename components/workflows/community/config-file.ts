import { Document, isScalar, visit } from "yaml";

const LONGEST_FLOW = 100;

/** A configuration file that a tool reads: what it is for in a comment, then its values; a short list stays on its line. */
export function configFile(about: string, value: unknown): string {
  const yaml = new Document(value, { aliasDuplicateObjects: false });
  yaml.commentBefore = ` ${about}\n Declared by a Slipway stack, which undoes edits made here.`;
  visit(yaml, {
    Seq: (_, sequence) => {
      const texts = sequence.items.map((item) => (isScalar(item) ? String(item.value) : undefined));
      sequence.flow = texts.every((text) => text !== undefined) && texts.join(", ").length <= LONGEST_FLOW;
    },
  });
  return yaml.toString({ lineWidth: 0, flowCollectionPadding: false, blockQuote: "literal" });
}

import { Document, isMap, isPair, isScalar, isSeq, Scalar, visit } from "yaml";
import type { Node, YAMLMap, YAMLSeq } from "yaml";
import { versionOf } from "./actions.ts";
import { documentOf } from "./document.ts";
import { permissionsOf } from "./grants.ts";
import type { WorkflowFile, WorkflowInputs } from "./types.ts";

const LONGEST_FLOW = 80;

const BY_A_STACK = "Declared by a Slipway stack, which undoes edits made here.";

/** The file as it lies in the repository: the same workflow gives the same bytes. */
export function renderWorkflow({ about, by = BY_A_STACK, document }: WorkflowFile): string {
  const yaml = new Document(documentOf(document), { aliasDuplicateObjects: false });
  yaml.commentBefore = comment(`${about}\n${by}`);
  explain(yaml, document);
  for (const trigger of entriesOf(yaml.get("on"))) if (isMap(trigger.value) && trigger.value.items.length === 0) trigger.value = null;
  visit(yaml, {
    Seq: (_, sequence) => void (sequence.flow = fitsALine(sequence)),
    Pair: (_, { key, value }) => void (isScalar(key) && key.value === "uses" && isScalar(value) && pin(value)),
  });
  for (const [at, { key }] of entriesOf(yaml.contents).entries()) (key as Node).spaceBefore = at > 0;
  for (const [at, { key }] of entriesOf(yaml.get("jobs")).entries()) (key as Node).spaceBefore = at > 0;
  return yaml.toString({ lineWidth: 0, nullStr: "", flowCollectionPadding: false, blockQuote: "literal", singleQuote: false });
}

function comment(text: string): string {
  return text.trim().split("\n").map((line) => ` ${line}`).join("\n");
}

/** Says beside each permission what it is for. */
function explain(yaml: Document, { jobs }: WorkflowInputs): void {
  for (const [id, job] of Object.entries(jobs)) {
    for (const { scope, reasons } of permissionsOf(job)) {
      const level = yaml.getIn(["jobs", id, "permissions", scope], true);
      if (isScalar(level)) level.comment = ` ${reasons.join(", ")}`;
    }
  }
}

function pin(uses: Scalar): void {
  const version = versionOf(String(uses.value));
  if (version !== undefined) uses.comment = ` ${version}`;
}

function fitsALine({ items }: YAMLSeq): boolean {
  const texts = items.map((item) => (isScalar(item) ? String(item.value) : undefined));
  return texts.every((text) => text !== undefined && !text.includes("\n")) && texts.join(", ").length <= LONGEST_FLOW;
}

function entriesOf(node: unknown): YAMLMap["items"] {
  return isMap(node) ? node.items.filter(isPair) : [];
}

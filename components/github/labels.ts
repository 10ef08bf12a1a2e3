import { IssueLabel } from "@pulumi/github/issueLabel.js";
import { IssueLabels } from "@pulumi/github/issueLabels.js";
import { ComponentResource } from "@pulumi/pulumi";
import type { ComponentResourceOptions, Input } from "@pulumi/pulumi";

export interface LabelsSettings {
  /** What becomes of a label that is not named here: `remove` takes it off every issue too. */
  unnamed: "keep" | "remove";
  /** By name. */
  named: Record<string, LabelSettings>;
}

export interface LabelSettings {
  /** Six hexadecimal digits without `#`. */
  color: string;
  /** At most 100 characters. */
  description: string;
}

export interface LabelsArgs {
  /** Name of the repository, without its owner. */
  repository: Input<string>;
  settings: LabelsSettings;
}

/** A repository's labels: the whole set as one resource, or one each beside labels that people keep. */
export class Labels extends ComponentResource {
  constructor(name: string, args: LabelsArgs, opts?: ComponentResourceOptions) {
    super("slipway:github:Labels", name, {}, opts);
    const { repository } = args;
    const labels = Object.entries(args.settings.named).map(([label, { color, description }]) => {
      // GitHub keeps colours in lower case: capitals would be a change in every run.
      return { name: label, color: color.toLowerCase(), description };
    });
    // Labels that are no longer named are people's own again: leaving them out must take none off an issue.
    const parent = { parent: this, retainOnDelete: true };
    switch (args.settings.unnamed) {
      case "remove":
        new IssueLabels(`${name}-all`, { repository, labels }, parent);
        break;
      case "keep":
        for (const label of labels) new IssueLabel(`${name}-${label.name}`, { repository, ...label }, parent);
        break;
      default:
        args.settings.unnamed satisfies never;
    }
    this.registerOutputs();
  }
}

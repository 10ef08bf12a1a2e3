import { describe, expect, test } from "@jest/globals";
import { BASE, changed, linesOf } from "../settings/base.ts";

function wrong(notify: unknown, more: object = {}): string[] {
  return linesOf(changed(BASE, { "services.shop.rollout.notify": notify, ...more }));
}

describe("who is told of a rollout", () => {
  test.each([
    ["nobody", {}],
    ["a channel, an issue and Grafana by their usual variables", { slack: {}, issue: {}, grafana: { url: "https://grafana.example.com" } }],
    ["everybody, by variables of their own", {
      slack: { webhook: "SHOP_WEBHOOK", when: "problems" },
      issue: { token: "BOT_TOKEN", when: "always", labels: ["rollout", "on call"] },
      deployment: { token: "BOT_TOKEN", environment: "production", ref: "release/1.2" },
      grafana: { url: "https://example.com/grafana", token: "GRAFANA" },
    }],
  ])("may be %s", (_, notify) => {
    expect(wrong(notify)).toEqual([]);
  });

  test("is refused with everything that is wrong with it", () => {
    expect(wrong({ slack: { when: "sometimes", channel: "#shop" }, issue: { labels: ["a,b", ""] }, deployment: { ref: "a..b" }, grafana: { url: "https://example.com/" }, mail: {} })).toEqual([
      'services.shop.rollout.notify.slack.when: is none of all, problems, got "sometimes"; write one of them',
      "services.shop.rollout.notify.slack.channel: is not a setting; remove it, or use one of webhook, when",
      'services.shop.rollout.notify.issue.labels[0]: is not the name of a label, got "a,b"; write 1 to 50 characters without a comma',
      'services.shop.rollout.notify.issue.labels[1]: is not the name of a label, got ""; write 1 to 50 characters without a comma',
      "services.shop.rollout.notify.deployment.environment: is missing; write such a text, in quotes where it looks like a number",
      'services.shop.rollout.notify.deployment.ref: is not the name of a branch, got "a..b"; write a name that git accepts, such as main or release/1.2',
      "services.shop.rollout.notify.grafana.url: is not a web address; write Grafana's without a password and without a slash at its end, such as https://example.com/grafana",
      "services.shop.rollout.notify.mail: is not a setting; remove it, or use one of slack, issue, deployment, grafana",
    ]);
  });

  test("names variables, and a token in the place of a name is not shown", () => {
    const told = "is not the name of an environment variable in capital letters; use capital letters, digits and underscores, no digit first, and set the variable where the rollout is driven";
    expect(wrong({ slack: { webhook: "https://hooks.slack.com/services/T0/B0/x" }, issue: { token: "ghp_abcdefghijklmnopqrstuvwxyz0123456789" }, grafana: { url: "https://example.com", token: "glsa_abc" } })).toEqual([
      `services.shop.rollout.notify.slack.webhook: ${told}`,
      `services.shop.rollout.notify.issue.token: ${told}`,
      `services.shop.rollout.notify.grafana.token: ${told}`,
    ]);
  });

  test("has a declared environment for its deployments where the stack owns the repository", () => {
    expect(wrong({ deployment: { environment: "prodution" } })).toEqual([
      'services.shop.rollout.notify.deployment.environment: is not a declared environment of the service\'s repository, got "prodution"; write production, or declare it under repositories.shop.environments',
    ]);
    expect(wrong({ deployment: { environment: "mars" } })).toEqual([
      'services.shop.rollout.notify.deployment.environment: is not a declared environment of the service\'s repository, got "mars"; declare it under repositories.shop.environments',
    ]);
  });

  test.each(["legacy", { external: "elsewhere" }])("may name an environment that nobody declared in repository %j", (repository) => {
    expect(wrong({ deployment: { environment: "prodution" }, issue: {} }, { "services.shop.repository": repository })).toEqual([]);
  });

  test("has issues that the repository takes", () => {
    expect(wrong({ issue: {} }, { "repositories.shop.features": { issues: false } })).toEqual([
      "services.shop.rollout.notify.issue: opens issues in a repository that has none; turn on repositories.shop.features.issues, or remove it",
    ]);
    expect(wrong({ slack: {} }, { "repositories.shop.features": { issues: false } })).toEqual([]);
  });
});

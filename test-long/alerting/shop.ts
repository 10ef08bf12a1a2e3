import type { AlertSettings } from "../../components/observability/alerting/alert-settings.ts";

/** Receivers of every kind, told at once. */
export const SHOP: AlertSettings = {
  receivers: {
    chat: { kind: "slack-bot", token: { secret: "chatToken" }, channel: "#shop" },
    room: { kind: "slack-webhook", address: { secret: "roomAddress" } },
    mail: { kind: "email", to: ["a@example.com", "b@example.com"], from: "alerts@example.com", smarthost: "smtp.example.com:587", username: "alerts", password: { secret: "mailPassword" } },
    issues: { kind: "webhook", address: { secret: "issuesAddress" }, token: { secret: "issuesToken" } },
  },
  routes: {
    page: { to: ["chat", "mail"], waitSeconds: 1, intervalSeconds: 1, repeatMinutes: 240 },
    ticket: { to: ["issues"], waitSeconds: 1, intervalSeconds: 1, repeatMinutes: 1440 },
    info: { to: ["room"], waitSeconds: 1, intervalSeconds: 1, repeatMinutes: 1440 },
  },
  groupBy: ["service", "alert"],
};
